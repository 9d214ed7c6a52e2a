#include "actors/anomaly/anomaly_parts.hpp"
#include "messages/qms/inspection.hpp"

/// The first piece after a repair decides whether the machine is well again.
namespace takt::anomaly {

decision decide(const state& s, const take_first_piece& what, const context& about)
{
    const auto* one = find_step(s, step_kind::first_article);
    if (!is_open(s) || one == nullptr || one->status != step_status::begun || s.first_article) return {};
    progress p(s, about);
    const inspection_id inspection("F-" + std::string(s.source.key()) + "-" + std::to_string(s.number) + "." +
                                   std::to_string(s.first_articles + 1));
    p.emit(first_article_taken{inspection, what.job, what.item, about.now});
    p.send(inspection.text,
           inspection::create{
               what.item, takt::quantity::of(1), {"first_article", 1, 0, {}}, about.self, what.job.operation});
    return p.done();
}

decision judge_first_article(const state& s, const take_inspection& what, const context& about)
{
    progress p(s, about);
    if (what.accepted)
        p.end_step(step_kind::first_article, what.inspection.text + " found it good");
    else
        p.emit(first_article_rejected{what.inspection, what.defects, about.now});
    return p.advance();
}

void apply(state& s, const first_article_taken& e)
{
    ++s.first_articles;
    s.first_article = e.inspection;
    note(s, e.at, "the first piece is inspected, of " + e.job.work_order.text + " operation " + e.job.operation,
         s.source.path(), entity_ref("inspection", e.inspection.text));
}

void apply(state& s, const first_article_rejected& e)
{
    s.first_article.reset();
    s.detail = "the first piece after the repair has " + std::to_string(e.defects) + " defects";
    begin_again(s);
    note(s, e.at, s.detail, "inspection/" + e.inspection.text, entity_ref("inspection", e.inspection.text));
}

} // namespace takt::anomaly
