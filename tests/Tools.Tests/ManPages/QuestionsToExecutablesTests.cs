using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Tools.Tests.ManPages;

/// <summary>What everybody asks of a program that he does not know.</summary>
public sealed class QuestionsToExecutablesTests
{
    public static TheoryData<string, string> All => new()
    {
        { "extractaudio", "RtpProxy.ExtractAudio" },
        { "makeann", "RtpProxy.MakeAnn" },
        { "rtpproxy", "RtpProxy.Daemon" },
        { "rtpproxyctl", "RtpProxy.Ctl" },
        { "rtpproxywatch", "RtpProxy.Watch" },
        { "sipedge", "RtpProxy.SipEdge" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_question_mark_asks_for_help_and_is_no_fault(string name, string project)
    {
        using WorkingDirectory directory = new();
        ProgramResult help = await ProgramRun.InAsync(directory, Executables.Find(name, project), "--help");

        help.Status.ShouldBe(0);
        help.Error.ShouldBeEmpty();
        help.Output.ShouldContain(name);
        (await ProgramRun.InAsync(directory, Executables.Find(name, project), "-?")).ShouldBe(help);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_program_has_the_same_version(string name, string project)
    {
        using WorkingDirectory directory = new();
        ProgramResult makeann = await ProgramRun.InAsync(directory, Executables.Find("makeann", "RtpProxy.MakeAnn"), "--version");
        string version = makeann.Output.TrimEnd().Split(' ')[^1];

        ProgramResult result = await ProgramRun.InAsync(directory, Executables.Find(name, project), "--version");

        result.Status.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        result.Output.TrimEnd().ShouldEndWith(version);
        version.ShouldMatch("^[0-9]+[.][0-9]+[.][0-9]+(-[a-z0-9.]+)?$");
    }
}
