// Tells ThreadSanitizer what orders what in RocksDB, as caf_order.cpp does for CAF: of the threads that write at once
// one becomes the leader, reads the batches of the others, and lets them go when it has written for all. What each did
// before it joined comes before the leader's reading; the leader's reading comes before they go on.

#include <cstddef>

#include <dlfcn.h>

extern "C" void __tsan_acquire(void* object);
extern "C" void __tsan_release(void* object);

// RocksDB's own names, by their symbols: the classes are not in its headers. The first parameter is `this`.
void join(void* group, void* writer) asm("_ZN7rocksdb11WriteThread14JoinBatchGroupEPNS0_6WriterE");
std::size_t lead(void* group, void* writer,
                 void* all) asm("_ZN7rocksdb11WriteThread23EnterAsBatchGroupLeaderEPNS0_6WriterEPNS0_10WriteGroupE");
void finish(void* group, void* all,
            void* status) asm("_ZN7rocksdb11WriteThread22ExitAsBatchGroupLeaderERNS0_10WriteGroupERNS_6StatusE");

namespace {

template <class Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

void join(void* group, void* writer)
{
    static auto* const join_it = next<decltype(join)>("_ZN7rocksdb11WriteThread14JoinBatchGroupEPNS0_6WriterE");
    __tsan_release(group);
    join_it(group, writer);
    __tsan_acquire(group);
}

std::size_t lead(void* group, void* writer, void* all)
{
    static auto* const lead_it =
        next<decltype(lead)>("_ZN7rocksdb11WriteThread23EnterAsBatchGroupLeaderEPNS0_6WriterEPNS0_10WriteGroupE");
    const auto bytes = lead_it(group, writer, all);
    __tsan_acquire(group);
    return bytes;
}

void finish(void* group, void* all, void* status)
{
    static auto* const finish_it =
        next<decltype(finish)>("_ZN7rocksdb11WriteThread22ExitAsBatchGroupLeaderERNS0_10WriteGroupERNS_6StatusE");
    __tsan_release(group);
    finish_it(group, all, status);
}
