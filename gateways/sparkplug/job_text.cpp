#include "gateways/sparkplug/job_text.hpp"

#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::sparkplug {
namespace {

struct job_text {
    mes::job_spec job;
    bool confirmed = false, running = false;
    std::int64_t good = 0, scrap = 0;
};
BOOST_DESCRIBE_STRUCT(job_text, (), (job, confirmed, running, good, scrap))

} // namespace

std::string to_text(const equipment::assignment& a)
{
    return to_json(job_text{a.job, a.confirmed, a.running, a.good, a.scrap});
}

std::string to_text(const machine::control_order& o) { return to_json(o); }

std::optional<equipment::assignment> read_job(const std::string& text)
{
    if (text.empty()) return std::nullopt;
    auto read = read_json_text<job_text>(text, strictness::at_the_door);
    if (!read) return std::nullopt;
    return equipment::assignment{std::move(read->job), read->confirmed, read->running, read->good, read->scrap};
}

std::optional<machine::control_order> read_control(const std::string& text)
{
    if (text.empty()) return std::nullopt;
    auto read = read_json_text<machine::control_order>(text, strictness::at_the_door);
    if (!read) return std::nullopt;
    return std::move(*read);
}

} // namespace takt::sparkplug
