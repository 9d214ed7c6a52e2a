#include "actors/kinds.hpp"

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "actors/core/dead_letter.hpp"
#include "actors/crm/customer.hpp"
#include "actors/eam/asset.hpp"
#include "actors/eam/maintenance_order.hpp"
#include "actors/ems/demand.hpp"
#include "actors/ems/meter.hpp"
#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/feeds/feed.hpp"
#include "actors/hrm/operator.hpp"
#include "actors/hrm/roster.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/schedule.hpp"
#include "actors/mes/work_order.hpp"
#include "actors/plm/product.hpp"
#include "actors/qms/control_chart.hpp"
#include "actors/qms/corrective_action.hpp"
#include "actors/qms/inspection.hpp"
#include "actors/qms/nonconformance.hpp"
#include "actors/qms/sampling.hpp"
#include "actors/scada/alarm.hpp"
#include "actors/scm/purchase_order.hpp"
#include "actors/scm/supplier.hpp"
#include "actors/wms/bin.hpp"
#include "actors/wms/lot.hpp"

namespace takt {

kind_registry all_kinds()
{
    kind_registry kinds;
    kinds.add(make_kind<alarm::kind>());
    kinds.add(make_kind<anomaly::kind>());
    kinds.add(make_kind<asset::kind>());
    kinds.add(make_kind<bin::kind>());
    kinds.add(make_kind<control_chart::kind>());
    kinds.add(make_kind<corrective_action::kind>());
    kinds.add(make_kind<customer::kind>());
    kinds.add(make_kind<dead_letter::kind>());
    kinds.add(make_kind<demand::kind>());
    kinds.add(make_kind<feed::kind>());
    kinds.add(make_kind<inspection::kind>());
    kinds.add(make_kind<lot::kind>());
    kinds.add(make_kind<machine::kind>());
    kinds.add(make_kind<maintenance_order::kind>());
    kinds.add(make_kind<material::kind>());
    kinds.add(make_kind<meter::kind>());
    kinds.add(make_kind<nonconformance::kind>());
    kinds.add(make_kind<operator_::kind>());
    kinds.add(make_kind<order::kind>());
    kinds.add(make_kind<playbook::kind>());
    kinds.add(make_kind<product::kind>());
    kinds.add(make_kind<purchase_order::kind>());
    kinds.add(make_kind<roster::kind>());
    kinds.add(make_kind<sampling::kind>());
    kinds.add(make_kind<schedule::kind>());
    kinds.add(make_kind<supplier::kind>());
    kinds.add(make_kind<work_order::kind>());
    return kinds;
}

} // namespace takt
