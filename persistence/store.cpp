#include "persistence/store.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

namespace takt::persistence {
namespace {

constexpr std::array<const char*, 8> family_names{"journal", "snapshots", "index",  "outbox",
                                                  "meta",    "samples",   "trends", "traces"};
constexpr std::string_view format_key = "format";
constexpr std::string_view format = "1";

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

/// Blocks are written once and read rarely: large ones go to blob files, so that compaction does not copy them.
rocksdb::ColumnFamilyOptions journal_options()
{
    rocksdb::ColumnFamilyOptions o;
    o.write_buffer_size = 64UL << 20U;
    o.max_write_buffer_number = 4;
    o.compression = rocksdb::kLZ4Compression;
    o.enable_blob_files = true;
    o.min_blob_size = 4096;
    o.blob_file_size = 256UL << 20U;
    o.blob_compression_type = rocksdb::kLZ4Compression;
    return o;
}

rocksdb::ColumnFamilyOptions derived_options(const std::shared_ptr<rocksdb::Cache>& cache)
{
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.block_size = 8192;
    rocksdb::ColumnFamilyOptions o;
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    o.write_buffer_size = 32UL << 20U;
    o.compression = rocksdb::kLZ4Compression;
    return o;
}

/// Telemetry is written once in large amounts and is already dense; what is left in it is found by zstd.
rocksdb::ColumnFamilyOptions telemetry_options(const std::shared_ptr<rocksdb::Cache>& cache)
{
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.block_size = 16384;
    rocksdb::ColumnFamilyOptions o;
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    o.write_buffer_size = 16UL << 20U;
    o.compression = rocksdb::kZSTD;
    return o;
}

rocksdb::ColumnFamilyOptions options_of(std::string_view name, const std::shared_ptr<rocksdb::Cache>& cache)
{
    if (name == "journal") return journal_options();
    if (name == "samples" || name == "trends") return telemetry_options(cache);
    return derived_options(cache);
}

/// An older program's data has fewer families, and what is only read gets no new ones.
bool has_family(const std::string& directory, const std::string& name)
{
    std::vector<std::string> there;
    const auto status = rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), directory, &there);
    return !status.ok() || std::find(there.begin(), there.end(), name) != there.end();
}

std::string open_error(const std::string& directory, const rocksdb::Status& why)
{
    if (why.IsIOError() && why.ToString().find("lock") != std::string::npos)
        return "data directory " + directory + " is in use by another process; stop that one, or use another --data";
    if (why.IsCorruption()) return "data directory " + directory + " is damaged: " + why.ToString();
    return "cannot open data directory " + directory + ": " + why.ToString();
}

} // namespace

struct store::database {
    std::unique_ptr<rocksdb::DB> db;
    std::shared_ptr<rocksdb::Cache> cache;
    std::vector<rocksdb::ColumnFamilyHandle*> families; // in the order of `family`, null: not there; gone before db

    database() = default;
    database(const database&) = delete;
    database& operator=(const database&) = delete;
    ~database()
    {
        for (auto* f : families)
            if (f != nullptr) db->DestroyColumnFamilyHandle(f);
    }

    rocksdb::ColumnFamilyHandle* of(family f) const { return families[static_cast<std::size_t>(f)]; }
};

std::string position_key(std::uint64_t position)
{
    std::string key(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) key[i] = static_cast<char>(position >> (56 - 8 * i));
    return key;
}

std::uint64_t position_of(std::string_view key)
{
    std::uint64_t position = 0;
    for (const char c : key.substr(0, 8)) position = position << 8U | static_cast<unsigned char>(c);
    return position;
}

store::store(const std::string& directory, access how)
    : db_(std::make_unique<database>()), read_only_(how == access::read_only)
{
    const bool writing = how == access::read_write;
    if (!writing && !std::filesystem::exists(directory))
        throw std::runtime_error("there is no data directory " + directory);
    std::error_code failed;
    if (writing) std::filesystem::create_directories(directory, failed);
    if (failed) throw std::runtime_error("cannot make data directory " + directory + ": " + failed.message());

    rocksdb::DBOptions options;
    options.create_if_missing = writing;
    options.create_missing_column_families = writing;
    options.max_background_jobs = 2;
    options.max_total_wal_size = 192UL << 20U; // what a start after a crash reads at most
    options.keep_log_file_num = 2;
    options.max_open_files = 512;
    const auto cache = db_->cache = rocksdb::NewLRUCache(256UL << 20U);
    std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions()}};
    std::vector<bool> there;
    for (const auto* name : family_names) {
        there.push_back(writing || has_family(directory, name));
        if (there.back()) families.emplace_back(name, options_of(name, cache));
    }

    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    const auto status = writing ? rocksdb::DB::Open(options, directory, families, &handles, &db)
                                : rocksdb::DB::OpenForReadOnly(options, directory, families, &handles, &db);
    if (!status.ok()) throw std::runtime_error(open_error(directory, status));
    db_->db.reset(db);
    db->DestroyColumnFamilyHandle(handles.front());
    auto handle = handles.begin() + 1;
    for (const bool is_there : there) db_->families.push_back(is_there ? *handle++ : nullptr);

    const auto found = get(family::meta, format_key);
    if (found && *found != format)
        throw std::runtime_error("data directory " + directory + " has format " + *found +
                                 "; this program reads format " + std::string(format));
    if (!found && writing) write({{family::meta, std::string(format_key), std::string(format)}});
    const std::unique_ptr<rocksdb::Iterator> newest(db->NewIterator(rocksdb::ReadOptions(), db_->of(family::journal)));
    newest->SeekToLast();
    if (newest->Valid()) last_position_ = position_of(view(newest->key()));
}

/// What is in memory only is in RocksDB's log too; written out, the next start need not read that.
store::~store()
{
    if (read_only_) return;
    rocksdb::FlushOptions all;
    db_->db->Flush(all, db_->families);
}

std::optional<std::string> store::append(std::uint64_t position, std::string_view block)
{
    rocksdb::WriteOptions durable;
    durable.sync = true;
    const auto status = db_->db->Put(durable, db_->of(family::journal), position_key(position), slice(block));
    if (!status.ok()) return status.ToString();
    last_position_ = position;
    return std::nullopt;
}

std::optional<std::string> store::block(std::uint64_t position) const
{
    std::string text;
    const auto status = db_->db->Get(rocksdb::ReadOptions(), db_->of(family::journal), position_key(position), &text);
    if (!status.ok()) return std::nullopt;
    return text;
}

void store::scan(std::uint64_t first, const std::function<bool(std::uint64_t, std::string_view)>& each) const
{
    rocksdb::ReadOptions options;
    options.readahead_size = 2UL << 20U;
    options.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> i(db_->db->NewIterator(options, db_->of(family::journal)));
    for (i->Seek(position_key(first)); i->Valid(); i->Next())
        if (!each(position_of(view(i->key())), view(i->value()))) return;
    if (!i->status().ok()) throw std::runtime_error("cannot read the journal: " + i->status().ToString());
}

std::optional<std::string> store::write(const std::vector<change>& changes)
{
    rocksdb::WriteBatch batch;
    for (const auto& c : changes) {
        if (c.value)
            batch.Put(db_->of(c.where), c.key, *c.value);
        else
            batch.Delete(db_->of(c.where), c.key);
    }
    const auto status = db_->db->Write(rocksdb::WriteOptions(), &batch);
    if (!status.ok()) return status.ToString();
    return std::nullopt;
}

std::optional<std::string> store::get(family where, std::string_view key) const
{
    if (db_->of(where) == nullptr) return std::nullopt;
    std::string value;
    const auto status = db_->db->Get(rocksdb::ReadOptions(), db_->of(where), slice(key), &value);
    if (!status.ok()) return std::nullopt;
    return value;
}

void store::scan_keys(family where, std::string_view prefix,
                      const std::function<bool(std::string_view, std::string_view)>& each) const
{
    if (db_->of(where) == nullptr) return;
    const std::unique_ptr<rocksdb::Iterator> i(db_->db->NewIterator(rocksdb::ReadOptions(), db_->of(where)));
    for (i->Seek(slice(prefix)); i->Valid() && view(i->key()).starts_with(prefix); i->Next())
        if (!each(view(i->key()), view(i->value()))) return;
}

void store::scan_range(family where, std::string_view first, std::string_view last,
                       const std::function<bool(std::string_view, std::string_view)>& each) const
{
    if (db_->of(where) == nullptr) return;
    const auto end = slice(last);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> i(db_->db->NewIterator(options, db_->of(where)));
    for (i->Seek(slice(first)); i->Valid(); i->Next())
        if (!each(view(i->key()), view(i->value()))) return;
}

std::optional<std::string> store::erase_range(family where, std::string_view first, std::string_view last)
{
    const auto status = db_->db->DeleteRange(rocksdb::WriteOptions(), db_->of(where), slice(first), slice(last));
    if (!status.ok()) return status.ToString();
    return std::nullopt;
}

std::uint64_t store::disk_bytes(family where) const
{
    std::uint64_t bytes = 0;
    if (db_->of(where) != nullptr)
        db_->db->GetIntProperty(db_->of(where), rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
    return bytes;
}

void store::drop_derived()
{
    for (const auto f : {family::snapshots, family::index, family::outbox, family::traces}) {
        std::vector<change> gone;
        scan_keys(f, {}, [&](std::string_view key, std::string_view) {
            gone.push_back({f, std::string(key), std::nullopt});
            return true;
        });
        if (const auto failed = write(gone)) throw std::runtime_error("cannot drop derived data: " + *failed);
    }
    write({{family::meta, "derived_position", std::nullopt}, {family::meta, "floor", std::nullopt}});
}

std::size_t store::memory_bytes() const
{
    std::size_t sum = 0;
    for (auto* f : db_->families) {
        std::uint64_t bytes = 0;
        if (f != nullptr && db_->db->GetIntProperty(f, rocksdb::DB::Properties::kSizeAllMemTables, &bytes))
            sum += bytes;
    }
    return sum + db_->cache->GetUsage();
}

std::optional<std::string> store::checkpoint(const std::string& directory) const
{
    rocksdb::Checkpoint* made = nullptr;
    auto status = rocksdb::Checkpoint::Create(db_->db.get(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok()) status = checkpoint->CreateCheckpoint(directory);
    if (!status.ok()) return status.ToString();
    return std::nullopt;
}

} // namespace takt::persistence
