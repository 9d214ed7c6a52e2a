#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every bound of the HTTP door in one place, with what happens when it is reached. All of them show in /metrics.
namespace takt::http {

struct limits {
    /// Request line and headers together. More: 431, the connection closes.
    std::uint32_t header_bytes = 16 * 1024;
    /// Body of a command or an order. More: 413, the connection closes.
    std::uint64_t body_bytes = 1024 * 1024;
    /// Body of a telemetry batch. More: 413, the connection closes.
    std::uint64_t sample_body_bytes = 8 * 1024 * 1024;

    /// Open connections. The next one is answered 503 and closed: takt_http_turned_away_total{reason="connections"}.
    std::size_t connections = 512;
    /// Event streams among them. The next one is answered 503: takt_http_turned_away_total{reason="event_streams"}.
    std::size_t event_streams = 128;
    /// Events that wait for one reader of the event stream. When it is that far behind, its stream ends
    /// (takt_http_slow_clients_total); it resumes from the last id it saw. Nobody else waits for it.
    std::size_t stream_queue_events = 20'000;

    std::size_t page_items = 100;       ///< a page when no `limit` is asked for
    std::size_t page_items_most = 1000; ///< a larger `limit` is refused with 422
    std::size_t events_per_read = 500;  ///< of the journal at a time, while a stream catches up

    /// Between two requests of a connection. Then: it is closed.
    std::chrono::milliseconds idle_wait{60'000};
    /// From a request's first byte to the end of its headers. Then: closed, takt_http_timeouts_total.
    std::chrono::milliseconds header_wait{10'000};
    /// For a request's body. Then: closed, takt_http_timeouts_total.
    std::chrono::milliseconds body_wait{30'000};
    /// For a client to take an answer, or one piece of an event stream. Then: closed, counted as slow.
    std::chrono::milliseconds write_wait{20'000};
    /// For an entity's answer. Then: 504; the command may still be taken, repeat it with the same Idempotency-Key.
    std::chrono::milliseconds answer_wait{30'000};
    /// Silence on an event stream before a comment shows that it lives.
    std::chrono::milliseconds heartbeat{15'000};
    /// For exchanges under way when the server stops. Then: cut off.
    std::chrono::milliseconds stop_grace{5'000};

    /// How long a client told `busy` should wait.
    std::chrono::seconds retry_after{1};
};

} // namespace takt::http
