-- Encounters are applied side by side, shard by shard: each goes by the first byte of the SHA-256 of its visit number,
-- which the program computes too (`integrations/shards.rs`). What names no encounter goes by the empty text.
create function encounter_shard(encounter_number text) returns integer
    language sql stable parallel safe
    return get_byte(sha256(convert_to(coalesce(encounter_number, ''), 'UTF8')), 0) % 16;
