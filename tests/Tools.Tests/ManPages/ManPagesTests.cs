using System.Text.RegularExpressions;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Tools.Tests.ManPages;

/// <summary>The manual pages say what the executables say of themselves.</summary>
public sealed partial class ManPagesTests
{
    /// <summary>Page and project of each executable.</summary>
    public static TheoryData<string, string> Pages => new()
    {
        { "extractaudio.1", "RtpProxy.ExtractAudio" },
        { "makeann.1", "RtpProxy.MakeAnn" },
        { "rtpproxy.8", "RtpProxy.Daemon" },
        { "rtpproxywatch.8", "RtpProxy.Watch" },
        { "sipedge.8", "RtpProxy.SipEdge" },
    };

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs", "man")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_and_the_help_of_its_program_have_the_same_options(string page, string project)
    {
        string program = Executables.Find(Path.GetFileNameWithoutExtension(page), project);
        SortedDictionary<string, string> options = OptionNames.OfHelp(await HelpOfAsync(program));
        options.ShouldContainKey("--help");
        new ManPage(page).AllOptions.ShouldBe(options);
    }

    [Fact]
    public async Task The_page_of_rtpproxyctl_has_every_verb_with_its_options()
    {
        ManPage page = new("rtpproxyctl.1");
        string program = Executables.Find("rtpproxyctl", "RtpProxy.Ctl");
        string help = await HelpOfAsync(program);
        SortedDictionary<string, string> common = OptionNames.OfHelp(help);
        common.ShouldContainKey("--help");
        page.Options.ShouldBe(common);

        string[] verbs = [.. Verb().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..])
            .Select(line => line.Groups["verb"].Value)];
        page.Subsections.Keys.ShouldBe(verbs.Order(StringComparer.Ordinal));
        foreach (string verb in verbs)
        {
            IEnumerable<KeyValuePair<string, string>> own = OptionNames.OfHelp(await HelpOfAsync(program, verb)).Except(common);
            page.Subsections[verb].ShouldBe(own, $"options of {verb}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_page_is_clean_to_mandoc(string page)
    {
        using WorkingDirectory directory = new();
        ProgramResult result = await ProgramRun.InAsync(
            directory, "mandoc", "-Tlint", "-Wwarning", Path.Combine(Sources.Root, "docs", "man", page));
        result.Output.ShouldBe("");
        result.Status.ShouldBe(0);
    }

    private static async Task<string> HelpOfAsync(string program, params string[] before)
    {
        using WorkingDirectory directory = new();
        ProgramResult result = await ProgramRun.InAsync(directory, program, [.. before, "--help"]);
        result.Status.ShouldBe(0);
        return result.Output;
    }

    [GeneratedRegex(@"^  (?<verb>[a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
