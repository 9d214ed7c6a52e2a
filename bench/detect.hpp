#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace takt::bench {

struct detect_options {
    std::string records = "bench/data/ai4i2020/ai4i2020.csv";
    std::string plant = "bench/data/ai4i2020/plant.json";
    std::size_t training = 4400; ///< records, from the beginning, on which the rules were tuned; they are not judged
    std::string directory;
};

/// Replays the AI4I 2020 data as telemetry into a node and compares the alarms that its detectors raise with the labels
/// of the data, which the node never sees. modes[]: name, failures, alarms, precision, recall, record_precision,
/// record_recall, lead_minutes, training{…}. Throws std::runtime_error if a file cannot be used.
boost::json::object detect(const detect_options& o);
void print_detect_table(const boost::json::object& figures);

} // namespace takt::bench
