using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Each honest change, on both legs and over both families, within its limit.</summary>
public sealed class HonestColumn
{
    public static TheoryData<string, Side, bool> Changes
    {
        get
        {
            var data = new TheoryData<string, Side, bool>();
            foreach (HonestChange change in HonestChanges.All)
            {
                foreach (bool ipv6 in (bool[])[false, true])
                {
                    data.Add(change.What, Side.Callee, ipv6);
                    if (!change.IsOfCalleeOnly)
                    {
                        data.Add(change.What, Side.Caller, ipv6);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void An_honest_party_is_heard_and_hears(string what, Side side, bool ipv6)
    {
        HonestChange change = HonestChanges.All.Single(c => c.What == what);

        int figure = change.Play(new Scene(side, ipv6, change.IsBehindNat));

        change.IsGood(figure).ShouldBeTrue($"{what}: {figure} {change.Unit}, wanted {change.Wanted}");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Its_reports_follow_its_media(string what, Side side, bool ipv6)
    {
        HonestChange change = HonestChanges.All.Single(c => c.What == what);
        var scene = new Scene(side, ipv6, change.IsBehindNat);
        change.Play(scene);
        Endpoint place = scene.LastSentTo;

        scene.ReportOfOther()!.Value.IsSameHost(place).ShouldBeTrue("at a port that is guessed or was signalled, until a report comes");
        scene.Report(scene.Mallory).ShouldBeFalse();
        scene.Report(place.WithPort(7_777)).ShouldBeTrue("a NAT may give any port");
        scene.ReportOfOther().ShouldBe(place.WithPort(7_777));
    }
}
