using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Tests.Calls;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>What programs that are in use have written, captured from them: calls go over to this one.</summary>
public sealed class OlderSnapshots
{
    [Fact]
    public void A_session_of_release_0_1_is_read()
    {
        byte[] captured = Captured("session-4");
        captured[1].ShouldBe((byte)4);
        var snapshot = new SessionSnapshot();

        snapshot.TryRead(captured).ShouldBe(SnapshotFault.None);

        snapshot.CallId.ShouldBe("call-1");
        snapshot.Id.Serial.ShouldBe(1);
        byte[] newest = Bytes(snapshot);
        newest[1].ShouldBe(SessionSnapshot.Versions.Newest);
        var again = new SessionSnapshot();
        again.TryRead(newest).ShouldBe(SnapshotFault.None);
        Bytes(again).ShouldBe(newest);
    }

    [Fact]
    public void A_worker_of_release_0_1_is_read()
    {
        byte[] captured = Captured("worker-2");
        captured[1].ShouldBe((byte)2);

        new WorkerSnapshot().TryRead(captured).ShouldBe(SnapshotFault.None);
    }

    [Theory]
    [InlineData("session-4")]
    [InlineData("session-10")] // of a call of the ng protocol
    public void Nothing_is_left_in_it_of_a_newer_one_that_was_read_before(string older)
    {
        var fresh = new SessionSnapshot();
        fresh.TryRead(Captured(older)).ShouldBe(SnapshotFault.None);
        foreach (byte[] newer in (byte[][])[.. new BusyRelay().Relay.TakeSnapshots().Sessions, OfWholeCall()])
        {
            var used = new SessionSnapshot();
            used.TryRead(newer).ShouldBe(SnapshotFault.None);
            used.TryRead(Captured(older)).ShouldBe(SnapshotFault.None);
            Bytes(used).ShouldBe(Bytes(fresh));
        }
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        byte[] captured = Captured("session-4");
        var snapshot = new SessionSnapshot();
        for (int length = 0; length < captured.Length; length++)
        {
            snapshot.TryRead(captured.AsSpan(0, length)).ShouldBe(SnapshotFault.Cut);
        }
    }

    private static byte[] OfWholeCall()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { RestartsAfterEveryStep = false });
        var call = new WholeCall(relay);
        call.Offer(call.Request("a", null, WholeCall.Audio(WholeCall.Alice)) with { Metadata = "told" });
        return relay.TakeSnapshots().Sessions.ShouldHaveSingleItem();
    }

    private static byte[] Bytes(SessionSnapshot snapshot)
    {
        byte[] bytes = new byte[1 << 16];
        snapshot.TryWrite(bytes, out int length).ShouldBe(SnapshotFault.None);
        return bytes[..length];
    }

    private static byte[] Captured(string name) => Convert.FromHexString(
        File.ReadAllText(Path.Combine(Sources.Root, "tests", "Relay.Tests", "Snapshots", "Captured", name + ".hex"))
            .ReplaceLineEndings(""));
}
