-- What the group's identity provider calls somebody, once it has said who they are.
alter table users
    add column sso_issuer text,
    add column sso_subject text,
    -- Whether they gave themselves their mail address: then nobody is found by it at the provider's word.
    add column email_unproved boolean not null default false,
    add constraint users_sso_key unique (sso_issuer, sso_subject),
    add constraint users_sso_check check ((sso_issuer is null) = (sso_subject is null));
