-- +goose Up
-- A row for each message that was not simply delivered. Its text is here and
-- nowhere else; a case goes with its session, and everything goes with its case.
-- Large columns stand last, so that what a filter reads comes before them.
create table moderation_cases (
    tenant        text    not null,
    id            text    not null,
    message       text    not null, -- the message's id
    channel       text    not null,
    sender        text    not null,
    hash          text    not null,
    subject       text    not null,
    session       text,             -- null when it is no turn of a session
    response      text    not null,
    status        text    not null, -- judging, waiting, decided
    version       integer not null,
    assignee      text    not null,
    action        text    not null, -- of the newest verdict, as is stage
    stage         text    not null,
    created       integer not null, -- microseconds since 1970
    changed       integer not null,
    deadline      integer,
    appealed      integer,
    review        integer not null, -- the number of the decision of a person that holds, 0 for none
    reviewed      integer,          -- when it was made
    appeal        text    not null,
    verdict       text    not null, -- JSON of moderation.Verdict
    first_verdict text    not null,
    folded        text    not null, -- what text is searched by: moderation.Fold of it
    text          text    not null,
    thread        text    not null, -- JSON of []message.Line, '' for none
    primary key (tenant, id),
    unique (tenant, message),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);
create index moderation_cases_by_created on moderation_cases (tenant, created, id);
create index moderation_cases_by_status on moderation_cases (tenant, status, created, id);
create index moderation_cases_by_assignee on moderation_cases (tenant, assignee, created, id) where assignee <> '';
create index moderation_cases_appealed on moderation_cases (tenant, created, id) where appealed is not null and status <> 'decided';
create index moderation_cases_by_subject on moderation_cases (tenant, subject) where subject <> '';
create index moderation_cases_by_session on moderation_cases (tenant, session) where session is not null;
create index moderation_cases_reviewed on moderation_cases (tenant, reviewed, id) where reviewed is not null;
create index moderation_cases_old on moderation_cases (tenant, changed) where status = 'decided';
-- For the workers, which look at all tenants.
create index moderation_cases_by_deadline on moderation_cases (deadline) where status <> 'decided' and deadline is not null;
create index moderation_cases_judging on moderation_cases (changed) where status = 'judging';

-- The labels of cases' newest verdicts, with what cases are chosen by beside them.
create table moderation_labels (
    tenant  text    not null,
    "case"  text    not null,
    label   text    not null,
    status  text    not null,
    created integer not null,
    primary key (tenant, "case", label),
    foreign key (tenant, "case") references moderation_cases (tenant, id) on delete cascade
) without rowid;
create index moderation_labels_by_created on moderation_labels (tenant, label, created, "case");
create index moderation_labels_by_status on moderation_labels (tenant, label, status, created, "case");

-- The histories of cases: rows are added, and change only in pending.
create table moderation_decisions (
    seq     integer primary key,
    tenant  text    not null,
    "case"  text    not null,
    number  integer not null,
    id      text    not null,
    kind    text    not null,
    action  text    not null,
    labels  text    not null, -- JSON of []policy.Label
    stage   text    not null,
    actor   text    not null,
    note    text    not null,
    at      integer not null,
    changes integer not null,
    turn    integer not null, -- 1: of a turn with the assistant, nobody outside is told of it
    pending integer not null, -- 1: changes, and was not announced yet
    unique (tenant, "case", number),
    unique (tenant, id),
    foreign key (tenant, "case") references moderation_cases (tenant, id) on delete cascade
);
create index moderation_decisions_by_time on moderation_decisions (tenant, at, kind);
create index moderation_decisions_pending on moderation_decisions (turn, seq) where pending = 1;
create index moderation_decisions_pending_by_id on moderation_decisions (id) where pending = 1;

-- +goose StatementBegin
create trigger moderation_decisions_stand
    before update of seq, tenant, "case", number, id, kind, action, labels, stage, actor, note, at, changes, turn on moderation_decisions
begin
    select raise(abort, 'the history of a case is not changed');
end;
-- +goose StatementEnd

-- +goose Down
drop table moderation_decisions;
drop table moderation_labels;
drop table moderation_cases;
