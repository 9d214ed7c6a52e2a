#pragma once

#include "messages/qms/inspection_plan.hpp"

/// Lot-by-lot sampling by attributes after ISO 2859-1:1999 (GB/T 2828.1-2012, MIL-STD-105E): tables 1 and 2-A, 2-B, 2-C
/// with their arrows followed. Pure.
namespace takt::qms {

/// Table 1: 'A' to 'R'. A lot is at least one piece.
char code_letter(std::int64_t lot_size, inspection_level level);

/// One of the 26 values in the heads of the tables, 0.010 to 1000.
bool is_aql(double per_cent);

/// Tables 2-A (normal), 2-B (tightened), 2-C (reduced). The letter is that of the plan to which the arrows lead.
/// Discontinued: the whole lot, no piece of it nonconforming.
drawn_sample draw(std::int64_t lot_size, inspection_level level, double aql, severity how);

/// Whether so many nonconforming pieces would have been accepted too by the plan of the same letter at the next
/// tighter AQL, under normal inspection: what the switching score asks (9.3.3.2).
bool accepted_one_tighter(std::int64_t lot_size, inspection_level level, double aql, std::int64_t defects);

/// What is wrong with a plan; empty: nothing.
std::string why_impossible(const inspection_plan& plan);

} // namespace takt::qms
