using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>What a worker puts down of its sessions for another process, and when.</summary>
public sealed class KeptSessions
{
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions { RestartsAfterEveryStep = false, KeepsSessions = true });

    private VirtualSlots Slots => _relay.SlotsOf(0)!;

    [Fact]
    public void A_session_is_put_down_before_its_command_is_answered_and_forgotten_with_its_end()
    {
        _relay.Command("Uc0 call 192.0.2.1 4000 a");
        Slots.Find(1).ShouldBe(Snapshot());
        _relay.Command("Lc0 call 192.0.2.2 4000 a b");
        Slots.Find(1).ShouldBe(Snapshot());
        _relay.Command("D call a b");
        Slots.Find(1).ShouldBeNull();
    }

    [Fact]
    public void Every_session_is_put_down_once_a_second_spread_over_it()
    {
        for (int i = 0; i < 200; i++)
        {
            _relay.Command($"Uc0 call{i} 192.0.2.1 4000 a");
        }

        _relay.AdvanceSeconds(1); // the first round may be under way
        int most = 0;
        var written = new HashSet<long>();
        byte[][] before = Held();
        for (int slice = 0; slice < 50; slice++)
        {
            _relay.Advance(TimeSpan.FromMilliseconds(20));
            byte[][] now = Held();
            long[] changed = [.. Enumerable.Range(0, 200).Where(i => !now[i].AsSpan().SequenceEqual(before[i]))];
            most = Math.Max(most, changed.Length);
            written.UnionWith(changed);
            before = now;
        }

        written.Count.ShouldBe(200);
        most.ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void What_was_decided_about_a_packet_is_put_down_with_the_turn_and_nothing_for_each_packet()
    {
        var call = new Call(_relay);
        byte[] before = Slots.Find(1)!;
        call.AliceSpeaks(0); // is latched to
        Slots.UnderWay.ShouldBe(1);
        Slots.Find(1).ShouldBe(before);
        _relay.Workers[0].OnTurnEnded(_relay.Now);
        Slots.UnderWay.ShouldBe(0);
        Slots.Find(1).ShouldBe(Snapshot());

        before = Slots.Find(1)!;
        call.AliceSpeaks(1);
        _relay.Workers[0].OnTurnEnded(_relay.Now);
        Slots.Find(1).ShouldBeSameAs(before);
    }

    [Fact]
    public void Where_there_is_no_room_the_worker_says_so_and_goes_on()
    {
        var call = new Call(_relay);
        Slots.HasRoom = false;
        _relay.AdvanceSeconds(3);
        _relay.Workers[0].Unkept.ShouldBe(1);
        call.AliceSpeaks(1);
        Slots.HasRoom = true;
        _relay.AdvanceSeconds(3);
        _relay.Workers[0].Unkept.ShouldBe(0);
        Slots.Find(1).ShouldNotBeNull();
    }

    private byte[] Snapshot()
    {
        (_, byte[][] sessions) = _relay.TakeSnapshots();
        return sessions[0];
    }

    private byte[][] Held() => [.. Enumerable.Range(1, 200).Select(session => Slots.Find(session)!)];
}
