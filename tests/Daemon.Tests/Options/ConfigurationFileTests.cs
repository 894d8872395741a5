using System.Collections.Immutable;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Options;

/// <summary>The file of <c>--config</c>, in the original's form.</summary>
public sealed class ConfigurationFileTests
{
    [Theory]
    [InlineData("modules { acct_csv { } }")]
    [InlineData("modules { acct_csv { load = /usr/lib/rtpproxy/rtpp_acct_csv.so } }")]
    [InlineData("MODULES {\n  records {\n    load = \"../modules/acct_csv/.libs/rtpp_acct_csv_debug.so\";\n  }\n}\nother = 1")]
    [InlineData("{ \"modules\": { \"acct_csv\": { \"load\": \"rtpp_acct_csv.so\" } } }")]
    public void A_section_names_a_module_or_says_which_one_it_is(string text) =>
        Modules(text).ShouldBe([new(BuiltInModule.AcctCsv)]);

    [Fact]
    public void What_is_loaded_more_than_once_counts_in_the_order_of_the_file() =>
        Modules("modules { acct_csv { } more { load = acct_csv.so } }")
            .ShouldBe([new(BuiltInModule.AcctCsv), new(BuiltInModule.AcctCsv)]);

    [Theory]
    [InlineData("other { }")]
    [InlineData("modules { }")]
    public void Nothing_need_be_asked_for(string text) => Modules(text).ShouldBeEmpty();

    [Theory]
    [InlineData("modules { nope { } }", "modules.nope is 'nope', but there is no module nope; expected acct_csv, acct_rtcp_hep, catch_dtmf")]
    [InlineData(
        "modules { records { load = /lib/rtpp_nope.so } }",
        "modules.records.load is '/lib/rtpp_nope.so', but there is no module nope; expected acct_csv, acct_rtcp_hep, catch_dtmf")]
    [InlineData(
        "modules { ice_lite { } }",
        "modules.ice_lite is 'ice_lite', but the module ice_lite is not in this program; expected acct_csv, acct_rtcp_hep, catch_dtmf")]
    [InlineData("modules { acct_csv { logfile = /tmp/x } }", "modules.acct_csv.logfile is unknown; expected load")]
    [InlineData("modules { acct_csv { Load = acct_csv } }", "modules.acct_csv.Load is unknown; expected load")]
    [InlineData("modules { acct_csv { load = 5 } }", "modules.acct_csv.load is '5'; expected the name of a module, or of its file")]
    [InlineData("modules { acct_csv = 1 }", "modules.acct_csv is no section; expected modules.acct_csv { }")]
    [InlineData("modules = 1", "modules is no section; expected modules { NAME { } }")]
    [InlineData("", "line 1: there is nothing in it")]
    [InlineData("modules {\n", "line 2: a closing brace is missing")]
    public void What_is_wrong_is_told_with_its_key_or_line(string text, string fault) =>
        Fault(text)!.Lines.ShouldHaveSingleItem().ShouldEndWith($"rtpproxy.conf: {fault}");

    [Theory]
    [InlineData("modules { acct_csv { } }\nother = 1")]
    [InlineData("timeout = 5\nmodules { acct_csv { } }\ncontrol = [ \"unix:/x\" ]", "timeout", "control")]
    public void What_is_an_option_and_ignored_here_is_told(string text, params string[] keys)
    {
        List<string> warnings = [];
        Read(text, out _, warnings).ShouldBeNull();

        warnings.Select(warning => warning[(warning.IndexOf(".conf: ", StringComparison.Ordinal) + ".conf: ".Length)..]).ShouldBe(keys.Select(
            key => $"{key} is an option, and no key of the original's form; expected it in a file whose name ends in .toml"));
    }

    [Fact]
    public async Task The_daemon_does_what_the_file_asks_for()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--config", "rtpproxy.conf"] },
            directory => File.WriteAllText(directory.File("rtpproxy.conf"), "modules { acct_csv { } }"));

        File.Exists(daemon.Directory.File("rtpproxy_acct.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task Instances_of_a_module_are_counted_over_options_and_file()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["--config", "rtpproxy.conf", "--dso", "rtpp_catch_dtmf_debug.so"] },
            directory => File.WriteAllText(directory.File("rtpproxy.conf"), "modules { catch_dtmf { } }"));

        (await daemon.AskAsync("U call 127.0.0.1 4000 alice && M3:2 digits")).ShouldEndWith(" && -1", customMessage: "nobody to notify");
        (await daemon.AskAsync("U call 127.0.0.1 4000 alice && M3:3 digits")).ShouldBe("E3");
    }

    [Fact]
    public async Task There_are_only_so_many_instances()
    {
        ProgramResult result = await DaemonProcess.RunAsync(
            ["-f", "-F", "-s", "stdioc:", .. Enumerable.Repeat("--dso=catch_dtmf", 17)]);

        result.ShouldBe(new ProgramResult(1, "", "rtpproxy: catch_dtmf is loaded 17 times; expected at most 16\n"));
    }

    private static ImmutableArray<ModuleRequest> Modules(string text)
    {
        Read(text, out ConfigurationFile? file).ShouldBeNull();
        return file!.Modules;
    }

    private static StartFault? Fault(string text) => Read(text, out _);

    private static StartFault? Read(string text, out ConfigurationFile? file, List<string>? warnings = null)
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("rtpproxy.conf"), text);
        return ConfigurationFile.Read(
            new Setting(OptionTable.Find("config")!, directory.File("rtpproxy.conf"), "--config"),
            new ConfigurationTexts(new KeptAnswers()),
            new KnownNames(),
            warnings ?? [],
            out file);
    }
}
