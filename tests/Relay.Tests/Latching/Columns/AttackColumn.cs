namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Every attack in every state: no packet goes to the attacker but where no relay can tell.</summary>
public sealed class AttackColumn
{
    private const int Frames = Scene.FramesPerSecond;

    public static TheoryData<string, string, Side, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, string, Side, bool>();
            foreach (Attack attack in Attack.All)
            {
                foreach (SessionState state in SessionState.All)
                {
                    foreach (bool ipv6 in (bool[])[false, true])
                    {
                        data.Add(attack.Act, state.Name, Side.Callee, ipv6);
                        if (!state.IsOfCalleeOnly)
                        {
                            data.Add(attack.Act, state.Name, Side.Caller, ipv6);
                        }
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_attacker_gets_nothing_but_where_nobody_can_tell(string act, string name, Side side, bool ipv6)
    {
        (Attack attack, SessionState state) = Of(act, name);
        Scene scene = state.NewScene(side, ipv6);

        int diverted = attack.Diverted(scene, state.Enter(scene));

        (diverted == 0 || Untellable.Reason(attack, state) is not null).ShouldBeTrue($"{diverted} of {Frames} packets were diverted");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_party_is_heard_and_hears_again_as_soon_as_it_speaks(string act, string name, Side side, bool ipv6)
    {
        (Attack attack, SessionState state) = Of(act, name);
        if (Untellable.MuteReason(attack, state) is not null)
        {
            return;
        }

        Scene scene = state.NewScene(side, ipv6);
        SessionState.Party party = state.Enter(scene);
        attack.Diverted(scene, party);

        Voice voice = party.Next;
        int before = voice.Packets.Count;
        scene.Mark();
        scene.Run(1, frame => attack.InFrame(scene, party, frame + Frames), voice);

        int lost = voice.Packets.Skip(before).Count(p => !p.IsHeard);
        lost.ShouldBeLessThanOrEqualTo(Untellable.LostAfter(attack, state), "packets that were not heard");
        scene.ReachedAfter(voice.Source).ShouldBeInRange(0, 110 + (20 * lost), "milliseconds until it hears");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_stranger_sends_in_vain_is_not_relayed_recorded_or_counted_and_keeps_no_session_alive(
        string act, string name, Side side, bool ipv6)
    {
        (Attack attack, SessionState state) = Of(act, name);
        if (!Untellable.IsAllRefused(attack, state))
        {
            return;
        }

        Scene scene = state.NewScene(side, ipv6);
        SessionState.Party party = state.Enter(scene);
        if (!state.Name.StartsWith("recorded", StringComparison.Ordinal))
        {
            scene.Record();
        }

        (string counters, int recorded, int seconds) = (scene.Counters, scene.Recorded, scene.SecondsToLive);
        for (int frame = 0; frame < Frames; frame++)
        {
            attack.InFrame(scene, party, frame);
            scene.Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        scene.Counters.ShouldBe(counters);
        if (!state.Name.StartsWith("a prompt", StringComparison.Ordinal)) // which keeps the session alive and is recorded
        {
            scene.SecondsToLive.ShouldBe(seconds - 1);
            scene.Recorded.ShouldBe(recorded);
        }
    }

    private static (Attack Attack, SessionState State) Of(string act, string name) =>
        (Attack.All.Single(a => a.Act == act), SessionState.All.Single(s => s.Name == name));
}
