#include "actors/qms/sampling_plan.hpp"

#include <catch2/catch.hpp>

#include "actors/qms/switching.hpp"

using namespace takt;
using qms::inspection_level;
using qms::severity;

namespace {

constexpr std::array<double, 26> aqls{.010, .015, .025, .040, .065, .10, .15, .25, .40, .65, 1.0, 1.5, 2.5,
                                      4.0,  6.5,  10,   15,   25,   40,  65,  100, 150, 250, 400, 650, 1000};

/// A lot of which inspection level II takes this letter.
std::int64_t lot_of(char letter)
{
    constexpr std::array<std::int64_t, 14> largest{8,   15,    25,    50,     90,     150,     280,
                                                   500, 1'200, 3'200, 10'000, 35'000, 150'000, 500'000};
    constexpr std::string_view of_level_2 = "ABCDEFGHJKLMNP";
    return largest.at(of_level_2.find(letter));
}

/// "125/3": the sample and the acceptance number of a cell.
std::string plan(char letter, double aql, severity how)
{
    const auto p = qms::draw(lot_of(letter), inspection_level::general_2, aql, how);
    return std::to_string(p.sample_size) + "/" + std::to_string(p.accept_number);
}

std::string row(char letter, severity how, std::size_t first, std::size_t last)
{
    std::string text;
    for (auto i = first; i <= last; ++i) text += (text.empty() ? "" : " ") + plan(letter, aqls.at(i), how);
    return text;
}

struct series {
    qms::switching s;
    std::vector<severity> way;

    void lot(bool accepted, int accept_number = 1, bool tighter = true)
    {
        qms::count(s, accepted, accept_number, tighter);
        if (const auto change = qms::due(s)) {
            qms::switch_to(s, change->to);
            way.push_back(change->to);
        }
    }
    void lots(int n, bool accepted)
    {
        for (int i = 0; i < n; ++i) lot(accepted);
    }
};

} // namespace

TEST_CASE("the code letter follows from the lot and the level, as table 1 of ISO 2859-1 has it")
{
    using enum inspection_level;
    CHECK(qms::code_letter(1, general_2) == 'A');
    CHECK(qms::code_letter(8, general_3) == 'B');
    CHECK(qms::code_letter(9, general_2) == 'B');
    CHECK(qms::code_letter(150, general_2) == 'F');
    CHECK(qms::code_letter(151, general_2) == 'G');
    CHECK(qms::code_letter(1'200, general_2) == 'J');
    CHECK(qms::code_letter(1'201, general_1) == 'H');
    CHECK(qms::code_letter(1'201, general_2) == 'K');
    CHECK(qms::code_letter(1'201, general_3) == 'L');
    CHECK(qms::code_letter(3'200, special_1) == 'C');
    CHECK(qms::code_letter(3'200, special_2) == 'D');
    CHECK(qms::code_letter(3'200, special_3) == 'E');
    CHECK(qms::code_letter(3'200, special_4) == 'G');
    CHECK(qms::code_letter(1'000'000, general_3) == 'R');
    CHECK(qms::code_letter(1'000'000, special_1) == 'D');
}

// Rows of the master tables as they are printed in MIL-STD-105E (1989), which are those of ISO 2859-1 for normal and
// tightened inspection; arrows followed, so that a cell with another sample size is one with an arrow.
TEST_CASE("normal inspection takes the plans of table 2-A")
{
    CHECK(row('K', severity::normal, 4, 15) ==
          "200/0 125/0 80/0 200/1 125/1 125/2 125/3 125/5 125/7 125/10 125/14 125/21");
    CHECK(row('G', severity::normal, 7, 16) == "50/0 32/0 20/0 50/1 32/1 32/2 32/3 32/5 32/7 32/10");
    CHECK(row('A', severity::normal, 14, 20) == "2/0 5/1 3/1 2/1 2/2 2/3 2/5");
    CHECK(row('D', severity::normal, 11, 19) == "8/0 5/0 13/1 8/1 8/2 8/3 8/5 8/7 8/10");
    CHECK(plan('L', 1.0, severity::normal) == "200/5");
    CHECK(plan('J', .65, severity::normal) == "80/1");
    CHECK(plan('N', .010, severity::normal) == "1250/0");
}

TEST_CASE("tightened inspection takes the plans of table 2-B")
{
    CHECK(row('K', severity::tightened, 5, 15) ==
          "200/0 125/0 315/1 200/1 125/1 125/2 125/3 125/5 125/8 125/12 125/18");
    CHECK(plan('L', 1.0, severity::tightened) == "200/3");
    CHECK(plan('G', 1.5, severity::tightened) == "50/1");
    CHECK(plan('G', 2.5, severity::tightened) == "32/1");
    CHECK(plan('J', .65, severity::tightened) == "125/1");
}

// Table 2-C of the edition of 1999: the gap between acceptance and rejection number of MIL-STD-105E is gone.
TEST_CASE("reduced inspection takes the plans of table 2-C")
{
    CHECK(plan('K', 1.0, severity::reduced) == "50/2");
    CHECK(plan('L', 1.0, severity::reduced) == "80/3");
    CHECK(plan('K', .10, severity::reduced) == "50/0");
    CHECK(plan('J', .65, severity::reduced) == "50/1");
    CHECK(plan('A', 25, severity::reduced) == "2/1");
    CHECK(plan('G', 4.0, severity::reduced) == "13/2");
}

TEST_CASE("a lot that is smaller than its sample is inspected whole, and so is every lot after a discontinuation")
{
    CHECK(qms::draw(40, inspection_level::general_2, .10, severity::normal).sample_size == 40); // 125 asked for
    const auto all = qms::draw(800, inspection_level::general_2, 1.0, severity::discontinued);
    CHECK(all.sample_size == 800);
    CHECK(all.accept_number == 0);
}

TEST_CASE("an AQL is one of the preferred values")
{
    CHECK(qms::is_aql(0.65));
    CHECK_FALSE(qms::is_aql(0.7));
    qms::inspection_plan p{"IP", 1, 0, {}, 3.0};
    CHECK_FALSE(qms::why_impossible(p).empty());
    p.aql = 4.0;
    CHECK(qms::why_impossible(p).empty());
    p.aql.reset();
    p.accept_number = 1;
    CHECK_FALSE(qms::why_impossible(p).empty());
}

TEST_CASE("two of five lots not accepted make inspection tightened, five in a row accepted make it normal again")
{
    series lots;
    lots.lot(false);
    lots.lots(4, true);
    lots.lot(false); // the first is the sixth before it
    CHECK(lots.s.severity == severity::normal);
    lots.lots(3, true);
    lots.lot(false);
    CHECK(lots.s.severity == severity::tightened);
    lots.lots(4, true);
    CHECK(lots.s.severity == severity::tightened);
    lots.lot(true);
    CHECK(lots.s.severity == severity::normal);
}

TEST_CASE("inspection is discontinued when five lots in all were not accepted under tightened inspection")
{
    series lots;
    lots.lots(2, false);
    REQUIRE(lots.s.severity == severity::tightened);
    for (int i = 0; i < 4; ++i) {
        lots.lot(false);
        lots.lots(3, true);
    }
    CHECK(lots.s.severity == severity::tightened);
    lots.lot(false);
    CHECK(lots.s.severity == severity::discontinued);
}

TEST_CASE("inspection is reduced at a score of thirty, if production is steady, and normal after one bad lot")
{
    series lots;
    lots.s.steady = true;
    for (int i = 0; i < 10; ++i) lots.lot(true, 3); // three each
    CHECK(lots.s.severity == severity::reduced);
    lots.lot(false);
    CHECK(lots.s.severity == severity::normal);
    CHECK(lots.s.score == 0);

    for (int i = 0; i < 14; ++i) lots.lot(true, 1); // two each
    CHECK(lots.s.score == 28);
    lots.lot(true, 2, false); // one tighter it would not have been accepted
    CHECK(lots.s.score == 0);

    series unsteady;
    for (int i = 0; i < 12; ++i) unsteady.lot(true, 3);
    CHECK(unsteady.s.severity == severity::normal);
}
