#include "scheduling/shop/plan_text.hpp"

#include <array>
#include <charconv>
#include <sstream>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;
constexpr std::array<const char*, 6> columns{"job", "operation", "machine", "worker", "start", "end"};
enum column { job, operation, machine, worker, start, end };

std::vector<std::string> fields_of(const std::string& line)
{
    std::vector<std::string> fields(1);
    for (const char c : line) {
        if (c == ',')
            fields.emplace_back();
        else if (c != ' ' && c != '\t' && c != '\r')
            fields.back() += c;
    }
    return fields;
}

class plan_reader {
public:
    plan_reader(const instance& shop, const std::string& text) : shop_(shop), lines_(text) {}

    plan read()
    {
        const auto operations = at(shop_.operations());
        plan p{std::vector<int>(operations, -1), std::vector<int>(operations)};
        header();
        for (auto fields = next(); !fields.empty(); fields = next()) take(fields, p);
        for (int j = 0; j < shop_.jobs; ++j)
            for (int o = shop_.job_begin[at(j)]; o < shop_.job_begin[at(j) + 1]; ++o)
                if (p.choice[at(o)] < 0)
                    fail("expected job " + std::to_string(j) + " operation " +
                         std::to_string(o - shop_.job_begin[at(j)]) + ", but the plan ends without it");
        return p;
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw unreadable_plan("plan, line " + std::to_string(number_) + ": " + what);
    }

    /// The fields of the next line that says something; none at the end.
    std::vector<std::string> next()
    {
        for (std::string line; std::getline(lines_, line);) {
            ++number_;
            const auto begin = line.find_first_not_of(" \t\r");
            if (begin != std::string::npos && line[begin] != '#') return fields_of(line);
        }
        return {};
    }

    void header()
    {
        field_.fill(-1);
        const auto names = next();
        width_ = names.size();
        for (std::size_t i = 0; i < names.size(); ++i)
            for (std::size_t c = 0; c < columns.size(); ++c)
                if (names[i] == columns[c]) field_[c] = static_cast<int>(i);
        for (const auto c : {job, operation, machine, start})
            if (field_[c] < 0)
                fail(std::string("expected the column names job,operation,machine,worker,start,end; there is no ") +
                     columns[c]);
        if (shop_.workers > 0 && field_[worker] < 0) fail("expected a column worker, for this problem has workers");
    }

    int number(const std::vector<std::string>& fields, column c, int least, int most) const
    {
        const auto& text = fields[at(field_[c])];
        int value = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || stop != text.data() + text.size() || value < least || value > most)
            fail("expected " + std::string(columns[c]) + " from " + std::to_string(least) + " to " +
                 std::to_string(most) + ", found '" + text.substr(0, 20) + "'");
        return value;
    }

    void take(const std::vector<std::string>& fields, plan& p) const
    {
        constexpr int latest = 2'000'000'000;
        if (fields.size() != width_)
            fail("expected " + std::to_string(width_) + " fields, found " + std::to_string(fields.size()));
        const int j = number(fields, job, 0, shop_.jobs - 1);
        const int first = shop_.job_begin[at(j)], last = shop_.job_begin[at(j) + 1];
        const int o = first + number(fields, operation, 0, last - first - 1);
        if (p.choice[at(o)] >= 0) fail("this operation is planned twice");
        const int m = number(fields, machine, 0, shop_.machines - 1);
        const int w = shop_.workers > 0 ? number(fields, worker, 0, shop_.workers - 1) : -1;
        p.start[at(o)] = number(fields, start, 0, latest);
        const bool has_end = field_[end] >= 0 && !fields[at(field_[end])].empty();
        p.choice[at(o)] = choice(o, m, w, has_end ? number(fields, end, 0, latest) - p.start[at(o)] : -1);
    }

    /// The alternative that is meant: of several on the same machine, the one that lasts as long.
    int choice(int o, int m, int w, int duration) const
    {
        std::string lasts;
        for (int c = 0; c < shop_.choices(o); ++c) {
            const auto& way = shop_.way(o, c);
            if (way.machine != m || way.worker != w) continue;
            if (duration < 0 || way.duration == duration) return c;
            lasts = std::to_string(way.duration);
        }
        if (!lasts.empty()) fail("expected end to be start + " + lasts);
        fail("this operation cannot be performed there" + std::string(w >= 0 ? " by this worker" : ""));
    }

    const instance& shop_;
    std::istringstream lines_;
    int number_ = 0;
    std::size_t width_ = 0;
    std::array<int, columns.size()> field_{};
};

} // namespace

std::string to_text(const instance& shop, const plan& p)
{
    const auto jobs = jobs_of_operations(shop);
    std::string text = "job,operation,machine,worker,start,end\n";
    for (const int o : by_start(shop, p)) {
        const auto& way = shop.way(o, p.choice[at(o)]);
        const int j = jobs[at(o)], from = p.start[at(o)];
        text += std::to_string(j) + ',' + std::to_string(o - shop.job_begin[at(j)]) + ',' +
                std::to_string(way.machine) + ',' + (way.worker >= 0 ? std::to_string(way.worker) : "") + ',' +
                std::to_string(from) + ',' + std::to_string(from + way.duration) + '\n';
    }
    return text;
}

plan read_plan(const instance& shop, const std::string& text) { return plan_reader(shop, text).read(); }

} // namespace takt::scheduling::shop
