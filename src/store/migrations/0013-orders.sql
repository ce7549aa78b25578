-- Looking up orders and tickets: the indexes behind the search of the box office.

-- A name as people type it: no accents, no case, one space for whatever stands between its words.
-- What does not decompose is written out. Whoever searches folds with this function, too, so both
-- sides are always folded alike.
create function fold_name(name text) returns text
language sql immutable strict parallel safe
as $fold$
  select btrim(regexp_replace(
    lower(translate(
      replace(replace(replace(replace(replace(
        regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g'),
        'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
      'øØłŁđĐðÐıħĦ', 'oollddddihh')),
    '[\s''’`´.,-]+', ' ', 'g'))
$fold$;

-- A column and no index on an expression: below row-level security a condition on a function of
-- a row's own text is looked at after the policy, and never looks anything up.
alter table ticket add column name_key text collate "C"
  generated always as (
    fold_name(nullif(coalesce(last_name, '') || ' ' || coalesce(first_name, ''), ' '))) stored;

create index ticket_by_name on ticket (organisation_id, name_key, sale_order_id)
  where name_key is not null;
create index ticket_by_performance on ticket (organisation_id, performance_id, sale_order_id);
create index sale_order_by_time on sale_order (organisation_id, ordered_at, id);

-- A seat's whole story.
create index movement_by_seat on movement (organisation_id, performance_id, seat_id)
  where seat_id is not null;
create index command_item_by_seat on command_item (organisation_id, seat_id)
  where seat_id is not null;
