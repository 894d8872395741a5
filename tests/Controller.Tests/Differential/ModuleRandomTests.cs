namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Random messages through both sides. The seeds are fixed, so that a failure can be seen again.</summary>
public sealed class ModuleRandomTests(KamailioProxy kamailio)
{
    private const int MessagesForEachSeed = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task We_do_as_the_module_does_with_messages_that_nobody_thought_of(int seed)
    {
        var cases = new RandomCases(seed);
        var sides = new BothSides(kamailio);
        for (int i = 0; i < MessagesForEachSeed; i++)
        {
            ModuleCase it = cases.Next(i);
            string callId = $"random{seed}-{i}@h";
            Passage module = await sides.ThroughModuleAsync(it, callId);
            Passage ours = await sides.ThroughLibraryAsync(it, callId);
            if (ours.ToString() != module.ToString())
            {
                Assert.Fail($"{it}: {it.Do} {it.Method} {it.Status} '{it.Flags}' {it.Replies[0]}\n{it.Body}\n\n"
                    + $"the module:\n{module}\n\nours:\n{ours}");
            }
        }
    }
}
