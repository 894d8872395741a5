namespace RtpProxy.Controller.Tests.Differential;

/// <summary>The messages with which we differ from the module: both sides must still do what is written down.</summary>
public sealed class ModuleDifferenceTests(KamailioProxy kamailio)
{
    public static TheoryData<string> Names => [.. KnownDifferences.All.Select(d => d.Case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task We_differ_only_as_written_down(string name)
    {
        int index = KnownDifferences.All.Select(d => d.Case.Name).ToList().IndexOf(name);
        KnownDifference it = KnownDifferences.All[index];
        var sides = new BothSides(kamailio);
        string callId = $"differ{index}@h";

        Passage module = await sides.ThroughModuleAsync(it.Case, callId);
        Passage ours = await sides.ThroughLibraryAsync(it.Case, callId);

        string both = $"the module:\n{module}\n\nours:\n{ours}";
        Summary(module, callId).ShouldBe(it.Module, both);
        Summary(ours, callId).ShouldBe(it.Ours, both);
        OnlyIn(ours, module).ShouldBe(it.OnlyOurLines, both);
        OnlyIn(module, ours).ShouldBe(it.OnlyModuleLines, both);
    }

    private static string Summary(Passage passage, string callId) =>
        string.Join('|', [$"{passage.Code}", .. passage.Commands]).Replace(callId, "#", StringComparison.Ordinal);

    private static string? OnlyIn(Passage one, Passage other)
    {
        var others = other.Body.Split("\r\n").ToList();
        string[] only = [.. one.Body.Split("\r\n").Where(line => !others.Remove(line))];
        return only.Length == 0 ? null : string.Join('|', only);
    }
}
