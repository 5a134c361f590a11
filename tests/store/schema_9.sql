-- A database as the version before wrote it, with check values of its own: runs that are over, failed,
-- live, deleted and told by a program elsewhere.
PRAGMA auto_vacuum=INCREMENTAL;
BEGIN TRANSACTION;
CREATE TABLE array_checks (  -- of arrays, and of what is known of those that were thinned
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        check_value INTEGER NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
INSERT INTO array_checks VALUES(1,2,'conv1/kernel',2555745387);
INSERT INTO array_checks VALUES(1,2,'conv1/bias',271504410);
INSERT INTO array_checks VALUES(1,2,'conv2/kernel',1193051358);
INSERT INTO array_checks VALUES(1,5,'conv1/kernel',379222394);
INSERT INTO array_checks VALUES(1,5,'conv1/bias',2741350526);
INSERT INTO array_checks VALUES(1,5,'conv2/kernel',3386075599);
INSERT INTO array_checks VALUES(3,2,'conv1/kernel',3912133330);
INSERT INTO array_checks VALUES(3,2,'conv1/bias',3520862955);
INSERT INTO array_checks VALUES(3,2,'conv2/kernel',912751207);
INSERT INTO array_checks VALUES(4,2,'conv1/kernel',2946962789);
INSERT INTO array_checks VALUES(4,2,'conv1/bias',3321605089);
INSERT INTO array_checks VALUES(4,2,'conv2/kernel',1894647248);
CREATE TABLE arrays (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        step INTEGER NOT NULL,
        shape TEXT NOT NULL,
        data BLOB NOT NULL,
        sha256 BLOB NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
INSERT INTO arrays VALUES(1,2,'conv1/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(1,2,'conv1/bias',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(1,2,'conv2/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(1,5,'conv1/kernel',1,'[2, 1, 1, 1]',X'0000803F000080BF',X'DEE9BEE38D8CE139EE23552FC0CA83067114AE903518D7711BA7937B72C0D697');
INSERT INTO arrays VALUES(1,5,'conv1/bias',1,'[2, 1, 1, 1]',X'0000803F000080BF',X'DEE9BEE38D8CE139EE23552FC0CA83067114AE903518D7711BA7937B72C0D697');
INSERT INTO arrays VALUES(1,5,'conv2/kernel',1,'[2, 1, 1, 1]',X'0000803F000080BF',X'DEE9BEE38D8CE139EE23552FC0CA83067114AE903518D7711BA7937B72C0D697');
INSERT INTO arrays VALUES(3,2,'conv1/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(3,2,'conv1/bias',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(3,2,'conv2/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(4,2,'conv1/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(4,2,'conv1/bias',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
INSERT INTO arrays VALUES(4,2,'conv2/kernel',0,'[2, 1, 1, 1]',X'0000000000000000',X'AF5570F5A1810B7AF78CAF4BC70A660F0DF51E42BAF91D4DE5B2328DE0E83DFC');
CREATE INDEX arrays_by_step ON arrays (run, name, step);
CREATE TABLE checkpoints (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,  -- of the last event on record when it was taken
        data BLOB NOT NULL,
        sha256 BLOB NOT NULL
    ) STRICT;
INSERT INTO checkpoints VALUES(3,3,X'7374617465',X'3911273C930C38CC7F253231F7C4770529152B01A8F69379115626A9B35E442B');
CREATE TABLE crash_reports (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        report TEXT NOT NULL
    ) STRICT;
CREATE TABLE deleted_runs (  -- of which rows may be left in other tables
        run INTEGER PRIMARY KEY
    ) STRICT;
CREATE TABLE events (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL CHECK (seq >= 1),
        kind TEXT NOT NULL,
        step INTEGER NOT NULL,
        body TEXT NOT NULL,
        recorded_at REAL NOT NULL, arrays INTEGER, check_value INTEGER,
        PRIMARY KEY (run, seq)
    ) STRICT;
INSERT INTO events VALUES(1,1,'run_started',0,'{"kind":"run_started","recipe":{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0},"total_steps":1000,"parameters":7,"layers":[],"class_names":["0","1"]}',1800000007.0,0,2697761397);
INSERT INTO events VALUES(1,2,'snapshot',0,'{"score":[0.25],"label":["edge"],"since":[0],"orientation_degrees":[90.0],"coherence":[0.75],"cycles_per_pixel":[0.125],"template_r2":[[0.5,0.25,0.0,0.0]],"colour":["gray"],"norm":[1.0],"change":[0.0],"correlation":[0.5],"layer_score":0.25,"oriented":1.0,"counts":{"edge":1},"rose":[0,0,0,0,0,0,1,0,0,0,0,0],"near_duplicates":[],"duplicate_pairs":0,"kind":"snapshot","step":0,"layer":"conv1"}',1800000007.0,3,3892925664);
INSERT INTO events VALUES(1,3,'steps',1,'{"kind":"steps","step":[1],"loss":[1.0],"accuracy":[0.5],"learning_rate":[0.01]}',1800000007.0,0,2660553217);
INSERT INTO events VALUES(1,4,'evaluated',1,'{"kind":"evaluated","step":1,"validation_loss":0.5,"validation_accuracy":0.875,"samples":256}',1800000007.0,0,3914503646);
INSERT INTO events VALUES(1,5,'snapshot',1,'{"score":[0.25],"label":["edge"],"since":[1],"orientation_degrees":[90.0],"coherence":[0.75],"cycles_per_pixel":[0.125],"template_r2":[[0.5,0.25,0.0,0.0]],"colour":["gray"],"norm":[1.0],"change":[1.0],"correlation":[0.5],"layer_score":0.25,"oriented":1.0,"counts":{"edge":1},"rose":[0,0,0,0,0,0,1,0,0,0,0,0],"near_duplicates":[],"duplicate_pairs":0,"kind":"snapshot","step":1,"layer":"conv1"}',1800000007.0,3,3029067246);
INSERT INTO events VALUES(1,6,'run_finished',1,'{"kind":"run_finished","step":1}',1800000007.0,0,1076831697);
INSERT INTO events VALUES(3,1,'run_started',0,'{"kind":"run_started","recipe":{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0},"total_steps":1000,"parameters":7,"layers":[],"class_names":["0","1"]}',1800000009.0,0,584573174);
INSERT INTO events VALUES(3,2,'snapshot',0,'{"score":[0.25],"label":["edge"],"since":[0],"orientation_degrees":[90.0],"coherence":[0.75],"cycles_per_pixel":[0.125],"template_r2":[[0.5,0.25,0.0,0.0]],"colour":["gray"],"norm":[1.0],"change":[0.0],"correlation":[0.5],"layer_score":0.25,"oriented":1.0,"counts":{"edge":1},"rose":[0,0,0,0,0,0,1,0,0,0,0,0],"near_duplicates":[],"duplicate_pairs":0,"kind":"snapshot","step":0,"layer":"conv1"}',1800000009.0,3,2129215920);
INSERT INTO events VALUES(3,3,'steps',1,'{"kind":"steps","step":[1],"loss":[1.0],"accuracy":[0.5],"learning_rate":[0.01]}',1800000009.0,0,1974165307);
INSERT INTO events VALUES(4,1,'run_started',0,'{"kind":"run_started","recipe":{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0},"total_steps":1000,"parameters":7,"layers":[],"class_names":["0","1"]}',1800000010.0,0,3544075091);
INSERT INTO events VALUES(4,2,'snapshot',0,'{"score":[0.25],"label":["edge"],"since":[0],"orientation_degrees":[90.0],"coherence":[0.75],"cycles_per_pixel":[0.125],"template_r2":[[0.5,0.25,0.0,0.0]],"colour":["gray"],"norm":[1.0],"change":[0.0],"correlation":[0.5],"layer_score":0.25,"oriented":1.0,"counts":{"edge":1},"rose":[0,0,0,0,0,0,1,0,0,0,0,0],"near_duplicates":[],"duplicate_pairs":0,"kind":"snapshot","step":0,"layer":"conv1"}',1800000010.0,3,1439199913);
INSERT INTO events VALUES(4,3,'run_failed',1,'{"kind":"run_failed","step":1,"code":"diverged","message":"It grew.","advice":"Try less."}',1800000010.0,0,3695435767);
INSERT INTO events VALUES(5,1,'run_started',0,'{"kind":"run_started","recipe":{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0},"total_steps":1000,"parameters":7,"layers":[],"class_names":["0","1"]}',1800000011.0,0,2139844914);
INSERT INTO events VALUES(5,2,'steps',2,'{"kind":"steps","step":[1,2],"loss":[1.0,0.5],"accuracy":[0.5,0.5],"learning_rate":[0.01,0.01]}',1800000011.0,0,191706953);
CREATE TRIGGER events_are_append_only
        BEFORE UPDATE OF run, seq, kind, step, body, recorded_at ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE INDEX events_by_kind ON events (run, kind, step);
CREATE TABLE external_attempts (  -- starts of such a program
        key TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        client TEXT NOT NULL,
        first INTEGER NOT NULL,  -- the number of its first item
        from_step INTEGER NOT NULL,
        is_recorded INTEGER NOT NULL,  -- told out of a file
        check_value INTEGER NOT NULL,
        PRIMARY KEY (key, attempt)
    ) STRICT;
CREATE TABLE external_runs (  -- which programs elsewhere tell; deleted ones stay in it
        key TEXT PRIMARY KEY,
        run_id TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        client TEXT NOT NULL,
        next INTEGER NOT NULL,  -- the number of the item that is wanted
        step INTEGER NOT NULL,  -- that the attempt has reached
        telling TEXT,  -- JSON: what the next batch is told with
        check_value INTEGER NOT NULL
    ) STRICT;
CREATE INDEX external_runs_by_run ON external_runs (run_id);
CREATE TABLE "runs" (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of creation, never used twice
        id TEXT NOT NULL UNIQUE,
        described TEXT NOT NULL,  -- JSON: what it is known by, whoever trained it
        source TEXT NOT NULL GENERATED ALWAYS AS (described ->> 'source') STORED,
        preset TEXT,
        recipe TEXT,  -- JSON: how a worker trains it; NULL where that is none of ours
        total_steps INTEGER,  -- NULL where its end is open
        created_at REAL NOT NULL,
        started_at REAL,
        ended_at REAL,
        training_seconds REAL NOT NULL DEFAULT 0,
        status TEXT NOT NULL DEFAULT 'queued',
        step INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0,
        loss REAL,
        accuracy REAL,
        validation_loss REAL,
        validation_accuracy REAL,
        score REAL,
        oriented REAL,
        label_counts TEXT,
        error TEXT
    , told TEXT, check_value INTEGER) STRICT;
INSERT INTO runs VALUES(1,'over','{"name":"Handwritten strokes","source":"own","layers":[{"name":"conv1","title":"conv1","kind":"conv2d","shape":[7,7,1,16]},{"name":"max_pool1","title":"max_pool1","kind":"max_pool2d"},{"name":"flatten1","title":"flatten1","kind":"flatten"},{"name":"dense1","title":"dense1","kind":"dense","shape":[400,10]}],"framework":"Filterscope","dataset":"mnist","objective":"classify","seed":0,"class_names":["0","1","2","3","4","5","6","7","8","9"]}','mnist-strokes','{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0}',1000,1800000002.0,1800000007.0,1800000007.0,1.5,'finished',1,6,1.0,0.5,0.5,0.875,0.25,1.0,'{"edge": 1}',NULL,'{"run_started": 1, "snapshot": 2, "steps": 1, "evaluated": 1, "run_finished": 1}',1641021038);
INSERT INTO runs VALUES(3,'live','{"name":"Handwritten strokes","source":"own","layers":[{"name":"conv1","title":"conv1","kind":"conv2d","shape":[7,7,1,16]},{"name":"max_pool1","title":"max_pool1","kind":"max_pool2d"},{"name":"flatten1","title":"flatten1","kind":"flatten"},{"name":"dense1","title":"dense1","kind":"dense","shape":[400,10]}],"framework":"Filterscope","dataset":"mnist","objective":"classify","seed":0,"class_names":["0","1","2","3","4","5","6","7","8","9"]}','mnist-strokes','{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0}',1000,1800000004.0,1800000009.0,NULL,0.5,'running',1,3,1.0,0.5,NULL,NULL,0.25,1.0,'{"edge": 1}',NULL,'{"run_started": 1, "snapshot": 1, "steps": 1}',1184648392);
INSERT INTO runs VALUES(4,'seen','{"name":"Handwritten strokes","source":"own","layers":[{"name":"conv1","title":"conv1","kind":"conv2d","shape":[7,7,1,16]},{"name":"max_pool1","title":"max_pool1","kind":"max_pool2d"},{"name":"flatten1","title":"flatten1","kind":"flatten"},{"name":"dense1","title":"dense1","kind":"dense","shape":[400,10]}],"framework":"Filterscope","dataset":"mnist","objective":"classify","seed":0,"class_names":["0","1","2","3","4","5","6","7","8","9"]}','mnist-strokes','{"name":"Handwritten strokes","dataset":"mnist","scaling":"standard","pixels":"natural","labels":"true","objective":{"type":"classify"},"layers":[{"type":"conv2d","filters":16,"kernel_size":7,"strides":2,"padding":"valid","activation":"relu","kernel_initializer":"glorot_uniform","weight_decay":0.05,"trainable":true},{"type":"max_pool2d","pool_size":2,"padding":"valid"},{"type":"flatten"},{"type":"dense","units":10,"activation":"linear","kernel_initializer":"glorot_uniform","weight_decay":0.0,"trainable":true}],"optimizer":{"learning_rate":0.01,"schedule":"constant","type":"sgd","momentum":0.9,"nesterov":false},"batch_size":64,"steps":1000,"seed":0,"data_seed":0}',1000,1800000005.0,1800000010.0,1800000010.0,0.5,'failed',1,3,NULL,NULL,NULL,NULL,0.25,1.0,'{"edge": 1}','{"code": "diverged", "message": "It grew.", "advice": "Try less."}','{"run_started": 1, "snapshot": 1, "run_failed": 1}',1800438869);
INSERT INTO runs VALUES(5,'guest','{"name":"Mein <b>Netz</b> \ud83c\udf3f","source":"watched","layers":[{"name":"conv1","title":"backbone.stem.conv","kind":"conv2d","shape":[7,7,3,64]},{"name":"max_pool1","title":"backbone.stem.pool","kind":"max_pool2d"},{"name":"conv2","title":"backbone.layer1.0.conv1","kind":"conv2d","shape":[3,3,64,16]},{"name":"global_average_pool1","title":"pool","kind":"global_average_pool2d"},{"name":"dense1","title":"head","kind":"dense","shape":[16,5]}],"framework":"PyTorch 2.9"}',NULL,NULL,NULL,1800000006.0,1800000011.0,NULL,0.5,'running',2,2,0.5,0.5,NULL,NULL,NULL,NULL,NULL,NULL,'{"run_started": 1, "steps": 1}',1935047997);
CREATE INDEX runs_by_status ON runs (status);
CREATE INDEX runs_in_order ON runs (number, id);
CREATE TABLE session (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        stopped_cleanly INTEGER NOT NULL
    ) STRICT;
INSERT INTO session VALUES(1,1);
CREATE TABLE thinned (  -- arrays whose data gave way to newer ones
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        shape TEXT NOT NULL,
        sha256 BLOB NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
CREATE TABLE unchecked_runs (  -- of older versions: rows up to `seq` have check values by now
        run INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
DELETE FROM main.sqlite_sequence WHERE name='runs';
INSERT INTO main.sqlite_sequence VALUES ('runs', 5);
pragma user_version=9;
pragma application_id=1179861840;
COMMIT TRANSACTION;
