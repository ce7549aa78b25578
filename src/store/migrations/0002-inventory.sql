-- The house: seasons, layouts, what is sold, when, in which seats and for how much.

create table season (
  organisation_id int not null references organisation,
  id bigint not null,
  code text not null,
  name text not null,
  starts_on date,
  ends_on date,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table layout (
  organisation_id int not null references organisation,
  id bigint not null,
  code text not null,
  name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table area (
  organisation_id int not null,
  id bigint not null,
  layout_id bigint not null,
  code text not null,
  name text not null,
  numbered boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, layout_id, code),
  foreign key (organisation_id, layout_id) references layout
);

-- An area always has at least one block; a block without a name has the empty code.
create table block (
  organisation_id int not null,
  id bigint not null,
  area_id bigint not null,
  code text not null,
  name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, area_id, code),
  foreign key (organisation_id, area_id) references area
);

create table seat (
  organisation_id int not null,
  id bigint not null,
  block_id bigint not null,
  row text not null,
  number text not null,
  -- Position on the plan, in the layout's own units.
  x real,
  y real,
  wheelchair boolean not null default false,
  -- A companion seat goes and comes back with its wheelchair place.
  companion_of bigint,
  restricted_view boolean not null default false,
  house_seat boolean not null default false,
  primary key (organisation_id, id),
  unique (organisation_id, block_id, row, number),
  foreign key (organisation_id, block_id) references block
);

create table logical_configuration (
  organisation_id int not null,
  id bigint not null,
  layout_id bigint not null,
  code text not null,
  name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, layout_id) references layout
);

create table seat_category (
  organisation_id int not null,
  id bigint not null,
  logical_configuration_id bigint not null,
  code text not null,
  name text not null,
  -- A category prices seats or one zone, never both.
  kind text not null check (kind in ('seats', 'zone')),
  rank int not null default 0,
  primary key (organisation_id, id),
  unique (organisation_id, logical_configuration_id, code),
  foreign key (organisation_id, logical_configuration_id) references logical_configuration
);

-- Free seating: a sellable view of an unnumbered area, with a capacity.
create table zone (
  organisation_id int not null,
  id bigint not null,
  logical_configuration_id bigint not null,
  area_id bigint not null,
  seat_category_id bigint not null,
  capacity int not null check (capacity >= 0),
  primary key (organisation_id, id),
  unique (organisation_id, logical_configuration_id, area_id),
  unique (organisation_id, seat_category_id),
  foreign key (organisation_id, logical_configuration_id) references logical_configuration,
  foreign key (organisation_id, area_id) references area,
  foreign key (organisation_id, seat_category_id) references seat_category
);

create table configuration_seat (
  organisation_id int not null,
  logical_configuration_id bigint not null,
  seat_id bigint not null,
  seat_category_id bigint not null,
  primary key (organisation_id, logical_configuration_id, seat_id),
  foreign key (organisation_id, logical_configuration_id) references logical_configuration,
  foreign key (organisation_id, seat_id) references seat,
  foreign key (organisation_id, seat_category_id) references seat_category
);

create table product (
  organisation_id int not null,
  id bigint not null,
  season_id bigint not null,
  code text not null,
  name text not null,
  kind text not null check (kind in (
    'event', 'competition', 'visit_pass', 'open_pass',
    'season_ticket', 'package', 'group_visit_pass')),
  -- Titres nominatifs: each ticket needs its beneficiary's name.
  names_required boolean not null default false,
  -- Whether a ticket without a name still opens the door.
  nameless_opens_door boolean not null default true,
  -- Passes: validity, by dates or by days from the sale.
  valid_from date,
  valid_until date,
  valid_days int check (valid_days > 0),
  -- A dated pass valid several days takes every day's counter, all or none.
  days_per_ticket int not null default 1 check (days_per_ticket > 0),
  time_zone text not null,
  primary key (organisation_id, id),
  unique (organisation_id, season_id, code),
  foreign key (organisation_id, season_id) references season
);

create table performance (
  organisation_id int not null,
  id bigint not null,
  product_id bigint not null,
  code text not null,
  starts_at timestamptz not null,
  time_zone text not null,
  -- Local start in the zone, `YYYY-MM-DDTHH:MM`: what resellers tell us.
  local_start text not null check (local_start ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d$'),
  logical_configuration_id bigint not null,
  state text not null check (state in (
    'preparing', 'running', 'suspended', 'cancelled', 'closed')),
  -- Safety gauge (jauge): all places together never exceed it.
  gauge int check (gauge >= 0),
  suspended_at timestamptz,
  cancelled_at timestamptz,
  closed_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, product_id, code),
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, logical_configuration_id) references logical_configuration
);
create index performance_by_start on performance (organisation_id, product_id, local_start);

-- Former starts of a performance that moved: late messages still find it.
create table performance_alias (
  organisation_id int not null,
  performance_id bigint not null,
  local_start text not null,
  moved_at timestamptz not null,
  primary key (organisation_id, performance_id, local_start),
  foreign key (organisation_id, performance_id) references performance
);

create table tariff (
  organisation_id int not null,
  id bigint not null,
  season_id bigint not null,
  -- The audience: `OccCont` in `OccCont/FNAC_P`.
  audience text not null,
  audience_kind text not null check (audience_kind in (
    'occasional_contact', 'occasional_community', 'member_contact', 'member_community',
    'subscribed_contact', 'subscribed_community', 'invited')),
  code text not null,
  name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, season_id, audience, code),
  foreign key (organisation_id, season_id) references season
);

-- A price of a product, or of one performance (which then wins), valid from an instant on.
create table price (
  organisation_id int not null,
  id bigint not null,
  product_id bigint not null,
  performance_id bigint,
  seat_category_id bigint,
  tariff_id bigint not null,
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  valid_from timestamptz not null,
  -- When the sales form that carries this price went out; null: to be announced.
  announced_at timestamptz,
  primary key (organisation_id, id),
  unique nulls not distinct
    (organisation_id, product_id, performance_id, seat_category_id, tariff_id, valid_from),
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, performance_id) references performance,
  foreign key (organisation_id, seat_category_id) references seat_category,
  foreign key (organisation_id, tariff_id) references tariff
);

-- VAT of a product, or of one performance (2.1 % up to the 140th), valid from an instant on.
create table vat_rate (
  organisation_id int not null,
  id bigint not null,
  product_id bigint not null,
  performance_id bigint,
  -- Hundredths of a percent: 550 is 5.5 %.
  rate_hundredths int not null check (rate_hundredths between 0 and 10000),
  valid_from timestamptz not null,
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, product_id, performance_id, valid_from),
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, performance_id) references performance
);

select guard_tenant_table(name, 'select, insert, update, delete') from unnest(array[
  'season', 'layout', 'area', 'block', 'seat', 'logical_configuration', 'seat_category', 'zone',
  'configuration_seat', 'product', 'performance', 'performance_alias', 'tariff', 'price',
  'vat_rate']) as name;
