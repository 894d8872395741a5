using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// Wild messages through both sides, compared but for the module's known oddities. The seeds are fixed, so that a failure
/// can be seen again.
/// </summary>
public sealed class ModuleWildTests(KamailioProxy kamailio)
{
    private const int MessagesForEachSeed = 250;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task We_do_as_the_module_does_with_messages_that_nobody_should_send(int seed)
    {
        var cases = new WildCases(seed);
        var sides = new BothSides(kamailio);
        for (int i = 0; i < MessagesForEachSeed; i++)
        {
            ModuleCase it = cases.Next(i);
            string callId = $"wild{seed}-{i}@h";
            Passage module = await sides.ThroughModuleAsync(it, callId);
            Passage ours = await sides.ThroughLibraryAsync(it, callId);
            string sent = it.Write(callId, "192.0.2.1", "192.0.2.2");
            SipMessage.TryParse(sent, out SipMessage message, out _).ShouldBeTrue(sent);
            if (KnownOddities.IsReadByUsAlone(message))
            {
                continue;
            }

            Assert.True(
                KnownOddities.Without(ours, message) == KnownOddities.Without(module, message),
                $"{it}:\n{sent}\n\nthe module:\n{module}\n\nours:\n{ours}");
        }
    }
}
