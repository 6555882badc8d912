"""What is counted while the server runs, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_STEPS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0)


class Figures:
    """Counters and gauges of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._counted: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self.requests = Counter(
            "uscuba_requests", "Requests answered.", ("area", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "uscuba_request_seconds", "How long they took.", ("area",), buckets=_STEPS,
            registry=self._registry,
        )  # fmt: skip
        self.kept = Counter(
            "uscuba_kept_answers", "Requests answered from what was kept.", registry=self._registry
        )
        self.stopped = Counter(
            "uscuba_stopped", "Workers stopped or lost.", ("reason",), registry=self._registry
        )
        self.graphs = Counter(
            "uscuba_graphs", "Graphs taken over since the start.", registry=self._registry
        )
        self.triples = Gauge("uscuba_triples", "Triples served.", registry=self._registry)
        self.busy = Gauge("uscuba_busy_workers", "Workers at work.", registry=self._registry)
        self.waiting = Gauge(
            "uscuba_waiting_requests", "Requests waiting for a worker.", registry=self._registry
        )

    def answered(self, area: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        found = self._counted.get((area, status))
        if found is None:
            found = self.requests.labels(area, str(status)), self.seconds.labels(area)
            self._counted[area, status] = found
        found[0].inc()
        found[1].observe(seconds)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
