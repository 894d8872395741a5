using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>Snapshots as bytes: what is written reads back, and whatever else is read is refused or does no harm.</summary>
public sealed class SnapshotBytes
{
    private readonly BusyRelay _busy = new();

    [Fact]
    public void What_was_written_reads_back_and_is_written_the_same_again()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();
        byte[] again = new byte[1 << 16];
        var worker = new WorkerSnapshot();
        worker.TryRead(workers[0]).ShouldBe(SnapshotFault.None);
        worker.TryWrite(again, out int length).ShouldBe(SnapshotFault.None);
        again[..length].ShouldBe(workers[0]);
        sessions.Length.ShouldBe(2);
        foreach (byte[] session in sessions)
        {
            var snapshot = new SessionSnapshot();
            snapshot.TryRead(session).ShouldBe(SnapshotFault.None);
            snapshot.TryWrite(again, out length).ShouldBe(SnapshotFault.None);
            again[..length].ShouldBe(session);
        }
    }

    [Fact]
    public void Every_prefix_is_refused_and_so_is_what_something_follows()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();
        var snapshot = new SessionSnapshot();
        foreach (byte[] session in sessions)
        {
            for (int length = 0; length < session.Length; length++)
            {
                snapshot.TryRead(session.AsSpan(0, length)).ShouldBe(SnapshotFault.Cut);
            }

            snapshot.TryRead([.. session, 0]).ShouldBe(SnapshotFault.TooLong);
        }

        var worker = new WorkerSnapshot();
        for (int length = 0; length < workers[0].Length; length++)
        {
            worker.TryRead(workers[0].AsSpan(0, length)).ShouldBe(SnapshotFault.Cut);
        }
    }

    [Fact]
    public void Another_version_is_refused_and_so_is_a_snapshot_of_something_else()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();

        new SessionSnapshot().TryRead(workers[0]).ShouldBe(SnapshotFault.OtherVersion);
        sessions[0][1]++;
        new SessionSnapshot().TryRead(sessions[0]).ShouldBe(SnapshotFault.OtherVersion);
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        var snapshot = new SessionSnapshot();
        snapshot.Take(_busy.Relay.Workers[0].AllSessions[0], _busy.Relay.Now);
        snapshot.TryWrite(new byte[1 << 16], out int length).ShouldBe(SnapshotFault.None);
        byte[] room = new byte[length];
        for (int less = 1; less <= length; less++)
        {
            snapshot.TryWrite(room.AsSpan(less), out int written).ShouldBe(SnapshotFault.NoRoom);
            written.ShouldBeLessThanOrEqualTo(length - less);
        }
    }

    [Fact]
    public void No_flipped_bit_does_harm()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();
        var snapshot = new SessionSnapshot();
        var chance = new Random(1);
        foreach (byte[] session in sessions)
        {
            int lived = 0;
            for (int bit = 8 * 10; bit < session.Length * 8; bit++) // the instant in the head is only another clock
            {
                session[bit / 8] ^= (byte)(1 << (bit % 8));
                if (snapshot.TryRead(session) == SnapshotFault.None && chance.Next(8) == 0)
                {
                    lived++;
                    var other = new BusyRelay();
                    other.Relay.Restart(workers, sessions);
                    Live(other, session, bit);
                }

                session[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            lived.ShouldBeGreaterThan(100);
        }
    }

    [Fact]
    public void Chance_does_no_harm_either()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();
        var chance = new Random(2);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] session = (byte[])sessions[round % sessions.Length].Clone();
            int from = chance.Next(10, session.Length);
            chance.NextBytes(session.AsSpan(from, Math.Min(session.Length - from, 1 + chance.Next(20))));
            new SessionSnapshot().TryRead(session);
            byte[] worker = (byte[])workers[0].Clone();
            chance.NextBytes(worker.AsSpan(10));
            new WorkerSnapshot().TryRead(worker);
        }
    }

    [Fact]
    public void A_plain_call_takes_little_room_and_a_second_snapshot_of_it_nothing_of_the_heap()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        for (int i = 0; i < 100; i++)
        {
            call.AliceSpeaks(i);
            call.BobSpeaks(i);
            relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Session session = relay.Workers[0].AllSessions[0];
        var snapshot = new SessionSnapshot();
        byte[] room = new byte[4096];
        int length = 0;
        Allocations.AssertNone(() =>
        {
            snapshot.Take(session, relay.Now);
            snapshot.TryWrite(room, out length);
        });

        length.ShouldBeLessThan(1024);
    }

    private static void Live(BusyRelay relay, byte[] session, int bit)
    {
        try
        {
            relay.LiveOn();
        }
        catch (InvalidOperationException gone) when (gone.Message.StartsWith("Nothing listens", StringComparison.Ordinal))
        {
            // The session went on with no ports, or not at all.
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"bit {bit} of {session.Length * 8}", fault);
        }
    }
}
