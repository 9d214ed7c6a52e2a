#include "actors/qms/sampling_plan.hpp"

#include <algorithm>
#include <cmath>

namespace takt::qms {
namespace {

constexpr std::string_view letters = "ABCDEFGHJKLMNPQRS";
constexpr std::array<int, 17> normal_sizes{2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150};
constexpr std::array<int, 16> reduced_sizes{2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800};
constexpr std::array<double, 26> aqls{.010, .015, .025, .040, .065, .10, .15, .25, .40, .65, 1.0, 1.5, 2.5,
                                      4.0,  6.5,  10,   15,   25,   40,  65,  100, 150, 250, 400, 650, 1000};

/// Table 1: the largest lot of each row, and its letters for S-1, S-2, S-3, S-4, I, II, III.
struct letters_of_lot {
    std::int64_t most;
    std::string_view letters;
};
constexpr std::array<letters_of_lot, 15> table_1{{{8, "AAAAAAB"},
                                                  {15, "AAAAABC"},
                                                  {25, "AABBBCD"},
                                                  {50, "ABBCCDE"},
                                                  {90, "BBCCCEF"},
                                                  {150, "BBCDDFG"},
                                                  {280, "BCDEEGH"},
                                                  {500, "BCDEFHJ"},
                                                  {1'200, "CCEFGJK"},
                                                  {3'200, "CDEGHKL"},
                                                  {10'000, "CDFGJLM"},
                                                  {35'000, "CDFHKMN"},
                                                  {150'000, "DEGJLNP"},
                                                  {500'000, "DEGJMPQ"},
                                                  {INT64_MAX, "DEHKNQR"}}};

/// The acceptance number of a master table is the same along each falling diagonal, letter + AQL = k. Between the
/// diagonals of 0 and 1 stand arrows.
struct master_table {
    int zero, one; ///< diagonals of the acceptance numbers 0 and 1
    int last;      ///< the last letter that has a plan on the diagonal of 0
    std::array<int, 10> more;
};
constexpr master_table table_2a{14, 17, 15, {1, 2, 3, 5, 7, 10, 14, 21, 30, 44}};
constexpr master_table table_2b{15, 18, 16, {1, 2, 3, 5, 8, 12, 18, 27, 41, 41}};
constexpr master_table table_2c{14, 18, 15, {1, 2, 3, 5, 6, 8, 10, 14, 21, 21}};
/// Table 2-C, letters A and B from AQL 25 on.
constexpr std::array<int, 9> reduced_first{1, 2, 3, 5, 7, 10, 14, 21, 30};

struct cell {
    int letter = 0, accept_number = 0;
};

int index_of(double aql)
{
    const auto found = std::find_if(aqls.begin(), aqls.end(), [&](double a) { return std::abs(a - aql) < a * 1e-6; });
    return found == aqls.end() ? -1 : static_cast<int>(found - aqls.begin());
}

/// The cell of a master table to which the arrows of this one lead.
cell follow(const master_table& t, int letter, int aql)
{
    const int widest = aql <= 20 ? 24 : aql == 21 ? 25 : 26;
    int k = std::min(letter + aql, widest);
    if (k < t.zero) k = t.zero;
    const bool between = k > t.zero && k < t.one;
    // under normal and reduced inspection the first arrow after 0 points up, the others down
    if (between) k = t.zero == 14 && k == 15 && aql <= 14 ? t.zero : t.one;
    if (k - aql > t.last) k = t.zero;
    return {k - aql, k == t.zero ? 0 : t.more.at(static_cast<std::size_t>(k - t.one))};
}

cell find(int letter, int aql, severity how)
{
    if (how == severity::tightened) return follow(table_2b, letter, aql);
    if (how == severity::normal) return follow(table_2a, letter, aql);
    if (letter <= 1 && aql >= 17) return {letter, reduced_first.at(static_cast<std::size_t>(aql - 17))};
    if (aql == 25) return {1, 30};
    return follow(table_2c, letter, aql);
}

int letter_index(std::int64_t lot_size, inspection_level level)
{
    return static_cast<int>(letters.find(code_letter(lot_size, level)));
}

} // namespace

char code_letter(std::int64_t lot_size, inspection_level level)
{
    const auto row = std::find_if(table_1.begin(), table_1.end(), [&](const auto& r) { return lot_size <= r.most; });
    return row->letters[static_cast<std::size_t>(level)];
}

bool is_aql(double per_cent) { return index_of(per_cent) >= 0; }

drawn_sample draw(std::int64_t lot_size, inspection_level level, double aql, severity how)
{
    const auto whole = static_cast<int>(std::min<std::int64_t>(lot_size, INT32_MAX));
    if (how == severity::discontinued) return {how, "", whole, 0};
    const auto at = find(letter_index(lot_size, level), index_of(aql), how);
    const auto i = static_cast<std::size_t>(at.letter);
    const int sample = how == severity::reduced ? reduced_sizes.at(i) : normal_sizes.at(i);
    return {how, std::string(1, letters[i]), std::min(sample, whole), at.accept_number};
}

bool accepted_one_tighter(std::int64_t lot_size, inspection_level level, double aql, std::int64_t defects)
{
    const int tighter = index_of(aql) - 1;
    if (tighter < 0) return defects == 0;
    return defects <= find(letter_index(lot_size, level), tighter, severity::normal).accept_number;
}

std::string why_impossible(const inspection_plan& plan)
{
    if (plan.aql && !is_aql(*plan.aql)) return "an AQL is one of the standard's: 0.010, 0.015, 0.025 ... 650, 1000";
    if (!plan.aql && (plan.sample_size < 1 || plan.accept_number < 0 || plan.accept_number >= plan.sample_size))
        return "a sample is at least 1 and larger than its accept number";
    for (const auto& c : plan.characteristics) {
        if (c.name.empty()) return "a characteristic has a name";
        if (c.lower && c.upper && *c.lower >= *c.upper) return c.name + ": the lower limit is below the upper";
    }
    return {};
}

} // namespace takt::qms
