-- How one landed line becomes a typed record: null when a key is missing or a value does not fit.
-- `key_count` is what a record has when no unknown key slipped in (collectors/records.py).

create temp macro read_post(line) as try(from_json_strict(line, '{
    "platform": "varchar", "post_id": "varchar", "author_id": "varchar", "url": "varchar",
    "published_at": "timestamptz", "edited_at": "timestamptz", "observed_at": "timestamptz",
    "text": "varchar", "language": "varchar", "hashtags": ["varchar"], "links": ["varchar"],
    "media_count": "integer", "is_reply": "boolean", "likes": "bigint", "replies": "bigint",
    "shares": "bigint", "views": "bigint"
}'));

create temp macro read_author(line) as try(from_json_strict(line, '{
    "platform": "varchar", "author_id": "varchar", "handle": "varchar", "display_name": "varchar",
    "bio": "varchar", "declared_location": "varchar", "url": "varchar", "links": ["varchar"],
    "created_at": "timestamptz", "observed_at": "timestamptz",
    "is_declared_automated": "boolean", "is_declared_organisation": "boolean",
    "audience": "bigint", "following": "bigint", "posts": "bigint"
}'));

create temp macro read_edge(line) as try(from_json_strict(line, '{
    "platform": "varchar", "from_author_id": "varchar", "to_author_id": "varchar",
    "relation": "varchar", "post_id": "varchar", "occurred_at": "timestamptz",
    "observed_at": "timestamptz"
}'));

create temp macro read_opening(line) as try(from_json_strict(line, '{
    "register_name": "varchar", "opening_id": "varchar", "siren": "varchar", "name": "varchar",
    "activity": "varchar", "naf": "varchar", "naf_nomenclature": "varchar", "address": "varchar",
    "postcode": "varchar", "town": "varchar", "opened_on": "date", "published_on": "date",
    "url": "varchar", "observed_at": "timestamptz", "siret": "varchar",
    "is_head_office": "boolean", "is_partial": "boolean"
}'));

create temp macro read_gone(line) as try(from_json_strict(line, '{
    "platform": "varchar", "what": "varchar", "gone_id": "varchar", "reason": "varchar",
    "observed_at": "timestamptz"
}'));

create temp macro key_count(kind) as case kind
    when 'post' then 18 when 'author' then 16 when 'edge' then 8 when 'opening' then 18
    when 'gone' then 6 else -1
end;
