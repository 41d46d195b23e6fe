-- Asks for the addresses of a file, one after the other, and says how long the slowest twentieth took.
-- What stands behind a tab is encoded: it is a search.
local addresses = {}
function init()
  for line in io.lines(os.getenv("BENCH_ADDRESSES")) do
    local path, words = line:match("^([^\t]*)\t?(.*)$")
    words = words:gsub("[^%w]", function(byte) return string.format("%%%02X", byte:byte()) end)
    table.insert(addresses, path .. words)
  end
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
  place = 0
end
function request()
  place = place % #addresses + 1
  return wrk.format("GET", addresses[place])
end
function done(summary, latency, requests)
  print(string.format("p95 %f", latency:percentile(95) / 1000))
end
function response(status, _, body)
  if status >= 400 then print(string.format("refused with %d: %s", status, body:sub(1, 300))) end
end
