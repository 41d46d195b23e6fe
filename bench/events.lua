-- Each request completes one consultation: the encounters were registered before.
-- Threads share the encounters by turns; every id is used once.
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
end
function request()
  local id = from + number
  number = number + step
  local body = string.format(
    '{"source_event_id":"c%d","event_code":"OPD_CONSULTED","occurred_at":"%s",'
      .. '"encounter_id":"B%d","hospital":"RYD","department":"CARD","physician":"SCFHS-10002",'
      .. '"patient":{"mrn":"B%d","name_ar":"سارة القحطاني","mobile":"0500001234"},"data":{}}',
    id, os.getenv("BENCH_AT"), id, id % 2000)
  return wrk.format("POST", "/api/integrations/events/", headers, body)
end
