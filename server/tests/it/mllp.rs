//! HL7 over a real socket: in pieces, in pairs, with noise between, and not at all.

use px360_server::integrations::mllp;
use px360_server::jobs::{self, Wake};
use sqlx::PgPool;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::harness::TestApp;

const SENDER: &str = "DEMO-HIS";

fn message(id: &str) -> String {
    format!(
        "MSH|^~\\&|{SENDER}|RYD|PX|PX|20261123090000||ADT^A01|{id}|P|2.5||||||UNICODE UTF-8\r\
         EVN|A01|20261123090000\rPID|1||{id}^^^RYD^MR||القحطاني^سارة\r\
         PV1|1|I|CARD||||SCFHS-10002||||||||||||V{id}\r"
    )
}

fn frame(text: &str) -> Vec<u8> {
    [b"\x0b".as_slice(), text.as_bytes(), b"\x1c\r"].concat()
}

async fn listening(app: &TestApp) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(mllp::listen(app.deps.clone(), listener));
    TcpStream::connect(addr).await.unwrap()
}

/// The next acknowledgement, without its frame.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let byte = stream.read_u8().await.unwrap();
        bytes.push(byte);
        if bytes.ends_with(b"\x1c\r") {
            let text = String::from_utf8(bytes[1..bytes.len() - 2].to_vec()).unwrap();
            return text.split('\r').find(|line| line.starts_with("MSA")).unwrap().to_owned();
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_is_acknowledged_once_it_is_safe_and_the_same_again(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    for _ in 0..2 {
        stream.write_all(&frame(&message("1"))).await.unwrap();
        assert_eq!(answer(&mut stream).await, "MSA|AA|1");
        assert_eq!(app.db_count("select count(*) from inbound_events").await, 1);
    }
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(app.db_text("select status from journeys").await, "active");
    // The same id with other content was not taken, and its sender hears so.
    let other = message("1").replace("CARD", "ORTH");
    stream.write_all(&frame(&other)).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AE|1");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_may_come_in_any_pieces(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    stream.set_nodelay(true).unwrap();
    let bytes = frame(&message("1"));
    for cut in (1..bytes.len()).step_by(7) {
        stream.write_all(&bytes[..cut]).await.unwrap();
        stream.flush().await.unwrap();
        tokio::task::yield_now().await;
        stream.write_all(&bytes[cut..]).await.unwrap();
        assert_eq!(answer(&mut stream).await, "MSA|AA|1", "cut at {cut}");
    }
    let two = [frame(&message("2")), frame(&message("3"))].concat();
    stream.write_all(&two).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AA|2");
    assert_eq!(answer(&mut stream).await, "MSA|AA|3");
    assert_eq!(app.db_count("select count(*) from inbound_events").await, 3);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn noise_between_messages_is_left_out(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    // A message that its sender gave up and began anew, with other things before, between and behind.
    let noise = [
        b"GET / HTTP/1.1\r\n\r\n\x1c\r\x1c".as_slice(),
        &[0x0b],
        &message("1").as_bytes()[..40],
        &frame(&message("1")),
        b"\r\n\0\xff\xfe",
        &frame("hello"),
        &frame(""),
        &frame(&message("2")),
    ]
    .concat();
    stream.write_all(&noise).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AA|1");
    assert_eq!(answer(&mut stream).await, "MSA|AR|");
    assert_eq!(answer(&mut stream).await, "MSA|AR|");
    assert_eq!(answer(&mut stream).await, "MSA|AA|2");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_that_is_too_large_is_told_and_the_next_one_taken(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    let head = frame(&message("1"));
    stream.write_all(&head[..head.len() - 2]).await.unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        stream.write_all(&megabyte).await.unwrap();
    }
    stream.write_all(b"\x1c\r").await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AR|1");
    stream.write_all(&frame(&message("2"))).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AA|2");
    assert_eq!(app.db_count("select count(*) from inbound_events").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_is_not_known_is_refused_and_nothing_is_kept(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    stream.write_all(&frame(&message("1").replace(SENDER, "SOMEBODY"))).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AR|1");
    assert_eq!(app.db_count("select count(*) from inbound_events").await, 0);
    // A test system is told apart before anything is stored as true.
    stream.write_all(&frame(&message("2").replace("|P|2.5", "|T|2.5"))).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AR|2");
    stream.write_all(&frame(&message("3").replace("||القحطاني^سارة", ""))).await.unwrap();
    assert_eq!(answer(&mut stream).await, "MSA|AE|3");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn arabic_of_old_systems_is_read_as_it_was_written(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut stream = listening(&app).await;
    for (id, name, label) in [("1", "windows-1256", "WINDOWS-1256"), ("2", "iso-8859-6", "8859/6")]
    {
        let text = message(id).replace("UNICODE UTF-8", label);
        let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
        let bytes = [b"\x0b".as_slice(), &encoding.encode(&text).0, b"\x1c\r"].concat();
        stream.write_all(&bytes).await.unwrap();
        assert_eq!(answer(&mut stream).await, format!("MSA|AA|{id}"));
    }
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let names = app.db_count("select count(*) from patients where name_ar = 'سارة القحطاني'").await;
    assert_eq!(names, 2);
}

mod laws {
    use proptest::prelude::*;
    use px360_server::integrations::mllp::{FRAME_BYTES_MAX, Frame, Frames};
    use tokio_util::bytes::BytesMut;
    use tokio_util::codec::Decoder as _;

    /// What comes out of a wire that hands these pieces over, and the most that was held meanwhile.
    fn frames(pieces: &[&[u8]]) -> (Vec<Frame>, usize) {
        let (mut reader, mut buffer) = (Frames::default(), BytesMut::new());
        let (mut found, mut held) = (Vec::new(), 0);
        for piece in pieces {
            buffer.extend_from_slice(piece);
            while let Some(frame) = reader.decode(&mut buffer).unwrap() {
                found.push(frame);
            }
            held = held.max(buffer.len());
        }
        (found, held)
    }

    /// Marks of frames among other bytes, more often than chance would have it.
    fn wire() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![
            3 => any::<u8>(),
            1 => Just(0x0b_u8),
            1 => Just(0x1c_u8),
            1 => Just(0x0d_u8),
        ];
        proptest::collection::vec(byte, 0..300)
    }

    proptest! {
        #[test]
        fn pieces_make_the_frames_of_the_whole(bytes in wire(), cuts in proptest::collection::vec(0_usize..300, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            let (whole, _) = frames(&[&bytes]);
            let (parts, held) = frames(&pieces);
            prop_assert_eq!(&parts, &whole);
            prop_assert!(held <= bytes.len());
            for frame in whole {
                let Frame::Message(message) = frame else { panic!("{frame:?}") };
                prop_assert!(!message.iter().any(|byte| matches!(byte, 0x0b | 0x1c)));
            }
        }

        #[test]
        fn a_message_is_found_behind_any_noise(noise in wire(), text in "[A-Za-z|^]{1,40}") {
            let frame = [&[0x0b], text.as_bytes(), &[0x1c, 0x0d]].concat();
            let (found, _) = frames(&[&noise, &frame]);
            prop_assert_eq!(found.last(), Some(&Frame::Message(text.into_bytes().into())));
        }
    }

    #[test]
    fn noise_is_never_held() {
        let megabyte = vec![b'x'; 1 << 20];
        let mut pieces: Vec<&[u8]> = vec![&megabyte; 20];
        assert_eq!(frames(&pieces), (Vec::new(), 0));
        // Within a frame no more than one is, whatever comes.
        pieces.insert(0, b"\x0b");
        let (found, held) = frames(&pieces);
        assert!(matches!(found[..], [Frame::TooLarge(_)]));
        assert!(held <= FRAME_BYTES_MAX + (1 << 20), "{held}");
    }
}
