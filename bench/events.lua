-- Each request completes one consultation, or BENCH_BATCH of them: the encounters were registered before.
-- Threads share the encounters by turns; every id is used once. With BENCH_DELAY every connection waits so many
-- milliseconds before its next request; in the end the slowest hundredth is said.
local threads = 0
function setup(thread)
  thread:set("first", threads)
  threads = threads + 1
  thread:set("step", tonumber(os.getenv("BENCH_THREADS")))
end
function init()
  number = first
  headers = {
    ["Content-Type"] = "application/json",
    ["Authorization"] = "Api-Key " .. os.getenv("PX360_DEMO_API_KEY"),
  }
  from = tonumber(os.getenv("BENCH_FROM"))
  batch = tonumber(os.getenv("BENCH_BATCH") or "1")
  pause = tonumber(os.getenv("BENCH_DELAY"))
  if batch > 1 then headers["Content-Type"] = "application/x-ndjson" end
end
-- Where it is not wanted it must not be there: wrk would set a clock for each request.
if os.getenv("BENCH_DELAY") then
  function delay() return pause end
end
function event()
  local id = from + number
  number = number + step
  return string.format(
    '{"source_event_id":"c%d","event_code":"OPD_CONSULTED","occurred_at":"%s",'
      .. '"encounter_id":"B%d","hospital":"RYD","department":"CARD","physician":"SCFHS-10002",'
      .. '"patient":{"mrn":"B%d","name_ar":"سارة القحطاني","mobile":"0500001234"},"data":{}}',
    id, os.getenv("BENCH_AT"), id, id % 2000)
end
function request()
  local lines = {}
  for _ = 1, batch do table.insert(lines, event()) end
  return wrk.format("POST", "/api/integrations/events/", headers, table.concat(lines, "\n"))
end
function done(summary, latency, requests)
  print(string.format("p99 %f", latency:percentile(99) / 1000))
end
