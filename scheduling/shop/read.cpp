#include "scheduling/shop/read.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace takt::scheduling::shop {
namespace {

/// Takes numbers from a text and knows the line it is in.
class numbers {
public:
    explicit numbers(const std::string& text) : at_(text.data()), end_(text.data() + text.size()) {}

    [[noreturn]] void fail(const std::string& what) const
    {
        throw unreadable("line " + std::to_string(line_) + ": " + what);
    }

    bool at_end()
    {
        skip();
        return at_ == end_;
    }

    bool at_line_end()
    {
        skip_blanks();
        return at_ == end_ || *at_ == '\n';
    }

    int take(const std::string& what, std::int64_t least, std::int64_t most)
    {
        skip();
        if (at_ == end_) fail("expected " + what + ", but the file ends");
        std::int64_t value = 0;
        const auto [stop, error] = std::from_chars(at_, end_, value);
        const bool whole = error == std::errc() && (stop == end_ || is_blank(*stop) || *stop == '\n');
        if (!whole) fail("expected " + what + ", found '" + word() + "'");
        if (value < least || value > most)
            fail("expected " + what + " from " + std::to_string(least) + " to " + std::to_string(most) + ", found " +
                 std::to_string(value));
        at_ = stop;
        return static_cast<int>(value);
    }

    /// A number that some files write with a fraction: rounded up.
    int take_rounded_up(const std::string& what, int least, int most)
    {
        skip();
        const char* stop = at_;
        while (stop != end_ && *stop >= '0' && *stop <= '9') ++stop;
        const char* const point = stop;
        if (stop != end_ && stop != at_ && *stop == '.')
            for (++stop; stop != end_ && *stop >= '0' && *stop <= '9';) ++stop;
        if (stop == point || (stop != end_ && !is_blank(*stop) && *stop != '\n')) return take(what, least, most);
        const bool more = std::any_of(point + 1, stop, [](char c) { return c != '0'; });
        const std::string whole(at_, point);
        const int value = numbers(whole).take(what, 0, most) + (more ? 1 : 0);
        if (value < least || value > most) fail("expected " + what + ", found " + std::to_string(value));
        at_ = stop;
        return value;
    }

    void skip_rest_of_line()
    {
        while (at_ != end_ && *at_ != '\n') ++at_;
    }

    /// How many lines that say something are left.
    int lines() const
    {
        numbers rest = *this;
        int count = 0;
        for (; !rest.at_end(); ++count) rest.skip_rest_of_line();
        return count;
    }

private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

    void skip_blanks()
    {
        while (at_ != end_ && is_blank(*at_)) ++at_;
    }

    /// Blanks, line ends and lines that begin with '#'.
    void skip()
    {
        for (skip_blanks(); at_ != end_ && (*at_ == '\n' || *at_ == '#'); skip_blanks()) {
            if (*at_ == '#')
                skip_rest_of_line();
            else
                ++line_, ++at_;
        }
    }

    std::string word() const
    {
        constexpr std::ptrdiff_t longest = 20;
        const char* stop = at_;
        while (stop != end_ && !is_blank(*stop) && *stop != '\n' && stop - at_ < longest) ++stop;
        std::string found(at_, stop);
        for (char& c : found)
            if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
        return found;
    }

    const char* at_;
    const char* end_;
    int line_ = 1;
};

class reader {
public:
    reader(const std::string& text, const read_limits& most) : in_(text), most_(most) {}

    instance take(format f)
    {
        size(f);
        // A job shop with a line for each job may have jobs that differ in length. In other lines, each job has as many
        // operations as there are machines.
        const bool lines = f == format::jsp && in_.lines() == shop_.jobs;
        for (int job = 0; job < shop_.jobs; ++job) {
            if (f == format::jsp)
                fixed_operations(job, lines);
            else
                flexible_operations(f, job);
            shop_.job_begin.push_back(static_cast<int>(shop_.alternative_begin.size()) - 1);
            if (f == format::fjsp_twt) job_dates(job);
        }
        if (f == format::fjsp_sdst) setups();
        if (!in_.at_end()) in_.fail("expected the end of the file after the last job");
        return std::move(shop_);
    }

private:
    static constexpr std::int64_t int_max = 2'000'000'000;

    void size(format f)
    {
        shop_.jobs = in_.take("the number of jobs", 1, most_.jobs);
        shop_.machines = in_.take("the number of machines", 1, most_.machines);
        if (f == format::fjsp_workers) shop_.workers = in_.take_rounded_up("the number of workers", 1, most_.workers);
        in_.skip_rest_of_line(); // often the mean number of alternatives
        shop_.job_begin.push_back(0);
        shop_.alternative_begin.push_back(0);
    }

    void begin(int job, int step)
    {
        name_ = "job " + std::to_string(job + 1) + ", operation " + std::to_string(step + 1);
        longest_ = 0;
    }

    void fixed_operations(int job, bool line)
    {
        for (int step = 0; line ? step == 0 || !in_.at_line_end() : step < shop_.machines; ++step) {
            begin(job, step);
            const int machine = in_.take(name_ + ": its machine, counted from 0", 0, shop_.machines - 1);
            if (line && in_.at_line_end()) in_.fail("expected " + name_ + ": a duration, but the line ends");
            add({machine, duration(), -1});
            close_operation();
        }
    }

    void flexible_operations(format f, int job)
    {
        const auto what = "the number of operations of job " + std::to_string(job + 1);
        const int count = in_.take(what, 1, most_.operations);
        for (int step = 0; step < count; ++step) {
            begin(job, step);
            const int ways = in_.take(name_ + ": the number of its machines", 1, shop_.machines);
            for (int a = 0; a < ways; ++a) machine(f);
            close_operation();
        }
    }

    void machine(format f)
    {
        const int machine = in_.take(name_ + ": a machine, counted from 1", 1, shop_.machines) - 1;
        if (f != format::fjsp_workers) return add({machine, duration(), -1});
        const int count =
            in_.take(name_ + ": the number of workers of machine " + std::to_string(machine + 1), 1, shop_.workers);
        for (int w = 0; w < count; ++w) {
            const int worker = in_.take(name_ + ": a worker, counted from 1", 1, shop_.workers) - 1;
            add({machine, duration(), worker});
        }
    }

    int duration() { return in_.take(name_ + ": a duration", 0, most_.horizon); }

    void add(alternative a)
    {
        shop_.alternatives.push_back(a);
        if (static_cast<std::int64_t>(shop_.alternatives.size()) > most_.alternatives)
            in_.fail("more than " + std::to_string(most_.alternatives) + " alternatives");
        longest_ = std::max<std::int64_t>(longest_, a.duration);
    }

    void close_operation()
    {
        shop_.alternative_begin.push_back(static_cast<int>(shop_.alternatives.size()));
        if (static_cast<int>(shop_.alternative_begin.size()) - 1 > most_.operations)
            in_.fail("more than " + std::to_string(most_.operations) + " operations");
        extend(longest_);
    }

    void extend(std::int64_t time)
    {
        horizon_ += time;
        if (horizon_ > most_.horizon)
            in_.fail("all durations together are longer than " + std::to_string(most_.horizon));
    }

    void job_dates(int job)
    {
        const std::string name = "job " + std::to_string(job + 1) + ": its ";
        shop_.release.push_back(in_.take(name + "release", 0, most_.horizon));
        shop_.due.push_back(in_.take(name + "due date", -most_.horizon, int_max));
        shop_.weight.push_back(in_.take(name + "weight", 0, 100'000));
        extend(shop_.release.back());
    }

    /// One matrix for each machine, by pairs of jobs; or by pairs of operations, which is told by how many there are.
    void setups()
    {
        std::vector<int> found;
        const std::int64_t n = shop_.jobs, o = shop_.operations(), m = shop_.machines;
        int longest = 0;
        while (!in_.at_end()) {
            found.push_back(in_.take("a setup time", 0, most_.horizon));
            longest = std::max(longest, found.back());
            if (static_cast<std::int64_t>(found.size()) > most_.setups) in_.fail("too many setup times");
        }
        const auto count = static_cast<std::int64_t>(found.size());
        if (count != m * n * n && count != m * o * o)
            in_.fail("expected " + std::to_string(m * n * n) + " setup times (machines x jobs x jobs) or " +
                     std::to_string(m * o * o) + " (machines x operations x operations), found " +
                     std::to_string(count));
        extend(longest * o);
        shop_.setup = std::move(found);
        shop_.setup_kinds = static_cast<int>(count == m * n * n ? n : o);
        shop_.kind = jobs_of_operations(shop_);
        if (count != m * n * n)
            for (int i = 0; i < shop_.operations(); ++i) shop_.kind[instance::at(i)] = i;
    }

    numbers in_;
    const read_limits& most_;
    instance shop_;
    std::string name_;
    std::int64_t longest_ = 0, horizon_ = 0;
};

} // namespace

instance read(format f, const std::string& text, const read_limits& most)
{
    if (text.size() > most.bytes) throw unreadable("line 1: the file is larger than " + std::to_string(most.bytes));
    return reader(text, most).take(f);
}

void set_due_dates(instance& shop, double factor)
{
    shop.release.assign(instance::at(shop.jobs), 0);
    shop.due.clear();
    shop.weight.clear();
    for (int job = 0; job < shop.jobs; ++job) {
        std::int64_t work = 0;
        for (int o = shop.job_begin[instance::at(job)]; o < shop.job_begin[instance::at(job) + 1]; ++o) {
            int shortest = shop.way(o, 0).duration;
            for (int c = 1; c < shop.choices(o); ++c) shortest = std::min(shortest, shop.way(o, c).duration);
            work += shortest;
        }
        // 1.3 has no exact binary form: a product that is whole but for that must not be rounded down.
        shop.due.push_back(static_cast<int>(std::floor(factor * static_cast<double>(work) + 1e-6)));
        shop.weight.push_back(5 * job < shop.jobs ? 4 : 5 * job < 4 * shop.jobs ? 2 : 1);
    }
}

} // namespace takt::scheduling::shop
