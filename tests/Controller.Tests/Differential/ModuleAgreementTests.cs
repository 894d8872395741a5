namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// The same messages through Kamailio's rtpproxy module and through our library: commands, code and body must be the
/// same.
/// </summary>
public sealed class ModuleAgreementTests(KamailioProxy kamailio)
{
    public static TheoryData<string> Names => [.. AgreementCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task We_do_as_the_module_does(string name)
    {
        int index = AgreementCases.All.Select(c => c.Name).ToList().IndexOf(name);
        ModuleCase it = AgreementCases.All[index];
        var sides = new BothSides(kamailio);
        string callId = $"agree{index}@h";

        Passage module = await sides.ThroughModuleAsync(it, callId);
        Passage ours = await sides.ThroughLibraryAsync(it, callId);

        Assert.True(ours.ToString() == module.ToString(), $"the module:\n{module}\n\nours:\n{ours}");
    }
}
