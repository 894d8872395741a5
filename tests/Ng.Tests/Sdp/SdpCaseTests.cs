namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>Offers and answers as they were seen, and what has to be made of them.</summary>
public sealed class SdpCaseTests
{
    private static readonly SdpCase[] Cases = [.. SdpCase.ReadAll()];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_is_passed_on_as_it_was_seen(string name)
    {
        var exchange = new SdpExchange();
        foreach (SdpCaseStep step in Cases.Single(one => one.Name == name).Steps)
        {
            string? sentOn = exchange.Pass(step, string.Concat(step.Body.Select(line => line + "\r\n")), out string error);
            error.ShouldBe(step.Error ?? "", string.Join(' ', step.Words));
            if (step.Error is null)
            {
                sentOn.ShouldNotBeNull();
                sentOn.ShouldEndWith("\r\n");
                SdpShape.Of(sentOn.Split("\r\n")[..^1]).ShouldBe(SdpShape.Of(step.SentOn), string.Join(' ', step.Words));
            }
        }
    }
}
