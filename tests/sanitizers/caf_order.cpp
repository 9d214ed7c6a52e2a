// Tells ThreadSanitizer what orders what in CAF. Debian's CAF is not built with -fsanitize=thread and hands actors and
// messages from thread to thread with atomics that ThreadSanitizer therefore does not see: without help it reports a
// race for every message. The functions below stand before CAF's own (the dynamic linker takes the program's definition
// first), state the order that CAF guarantees, and call CAF's:
//   - what a thread did before it sent to an actor, or started it, comes before what the actor does then;
//   - what an actor did in one turn comes before its next turn, on whatever thread;
//   - what anyone did to a counted object before letting go of it comes before its destruction.
// Everything else, such as state that two actors share behind CAF's back, stays unordered and is reported.
// Part of the programs of a build with TAKT_SANITIZE=thread only.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include <caf/actor_control_block.hpp>
#include <caf/blocking_actor.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/ref_counted.hpp>
#include <caf/scheduled_actor.hpp>

#include <dlfcn.h>
#include <link.h>

extern "C" void AnnotateIgnoreWritesBegin(const char* file, int line);
extern "C" void AnnotateIgnoreWritesEnd(const char* file, int line);
extern "C" void __tsan_acquire(void* object);
extern "C" void __tsan_release(void* object);

namespace {

/// CAF's own function of that (mangled) name.
template <class Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

struct code_range {
    std::uintptr_t first = 0, last = 0;
};

code_range code_of_caf()
{
    code_range found;
    dl_iterate_phdr(
        [](dl_phdr_info* library, std::size_t, void* out) {
            if (std::strstr(library->dlpi_name, "libcaf_core") == nullptr) return 0;
            for (int i = 0; i < library->dlpi_phnum; ++i) {
                const auto& segment = library->dlpi_phdr[i];
                if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
                const auto first = library->dlpi_addr + segment.p_vaddr;
                *static_cast<code_range*>(out) = {first, first + segment.p_memsz};
            }
            return 1;
        },
        &found);
    return found;
}

bool is_in_caf(const void* code)
{
    static const code_range caf = code_of_caf();
    const auto address = reinterpret_cast<std::uintptr_t>(code);
    return address >= caf.first && address < caf.last;
}

} // namespace

/// The nodes of the scheduler's lock-free queues are the only memory that CAF itself gives back on another thread than
/// the one that took it; that is not an access.
void operator delete(void* memory, std::size_t) noexcept
{
    const bool ignored = is_in_caf(__builtin_return_address(0));
    if (ignored) AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    std::free(memory);
    if (ignored) AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
}

void operator delete(void* memory) noexcept { std::free(memory); }
void* operator new(std::size_t size)
{
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}

namespace caf {

void scheduled_actor::launch(execution_unit* where, bool lazy, bool hide)
{
    static auto* const launch_it = next<void(scheduled_actor*, execution_unit*, bool, bool)>(
        "_ZN3caf15scheduled_actor6launchEPNS_14execution_unitEbb");
    __tsan_release(this);
    launch_it(this, where, lazy, hide);
}

void scheduled_actor::enqueue(mailbox_element_ptr element, execution_unit* where)
{
    static auto* const enqueue_it = next<void(scheduled_actor*, mailbox_element_ptr, execution_unit*)>(
        "_ZN3caf15scheduled_actor7enqueueESt10unique_ptrINS_15mailbox_elementENS_6detail8disposerEEPNS_14execution_"
        "unitE");
    __tsan_release(this);
    enqueue_it(this, std::move(element), where);
}

resumable::resume_result scheduled_actor::resume(execution_unit* where, size_t max_throughput)
{
    static auto* const resume_it = next<resumable::resume_result(scheduled_actor*, execution_unit*, size_t)>(
        "_ZN3caf15scheduled_actor6resumeEPNS_14execution_unitEm");
    __tsan_acquire(this);
    return resume_it(this, where, max_throughput);
}

bool scheduled_actor::activate(execution_unit* where)
{
    static auto* const activate_it =
        next<bool(scheduled_actor*, execution_unit*)>("_ZN3caf15scheduled_actor8activateEPNS_14execution_unitE");
    __tsan_acquire(this);
    const bool active = activate_it(this, where);
    __tsan_release(this);
    return active;
}

scheduled_actor::activation_result scheduled_actor::reactivate(mailbox_element& element)
{
    static auto* const reactivate_it = next<activation_result(scheduled_actor*, mailbox_element&)>(
        "_ZN3caf15scheduled_actor10reactivateERNS_15mailbox_elementE");
    __tsan_acquire(this);
    const auto result = reactivate_it(this, element);
    __tsan_release(this);
    return result;
}

void blocking_actor::enqueue(mailbox_element_ptr element, execution_unit* where)
{
    static auto* const enqueue_it = next<void(blocking_actor*, mailbox_element_ptr, execution_unit*)>(
        "_ZN3caf14blocking_actor7enqueueESt10unique_ptrINS_15mailbox_elementENS_6detail8disposerEEPNS_14execution_"
        "unitE");
    __tsan_release(this);
    enqueue_it(this, std::move(element), where);
}

mailbox_element_ptr blocking_actor::dequeue()
{
    static auto* const dequeue_it = next<mailbox_element_ptr(blocking_actor*)>("_ZN3caf14blocking_actor7dequeueEv");
    auto element = dequeue_it(this);
    __tsan_acquire(this);
    return element;
}

void ref_counted::deref() const noexcept
{
    static auto* const deref_it = next<void(const ref_counted*)>("_ZNK3caf11ref_counted5derefEv");
    auto* const self = const_cast<ref_counted*>(this);
    __tsan_release(self);
    __tsan_acquire(self);
    deref_it(this);
}

void intrusive_ptr_release(actor_control_block* block)
{
    static auto* const release_it =
        next<void(actor_control_block*)>("_ZN3caf21intrusive_ptr_releaseEPNS_19actor_control_blockE");
    __tsan_release(block);
    __tsan_acquire(block);
    release_it(block);
}

} // namespace caf
