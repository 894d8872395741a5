using System.Text.Json;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Ctl.Tests;

public sealed class SendTests
{
    [Theory]
    [InlineData("udp")]
    [InlineData("unix")]
    [InlineData("cunix")]
    [InlineData("tcp")]
    public async Task A_command_is_sent_as_typed_and_its_reply_printed_as_it_comes(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme);

        CtlProcess run = await CtlProcess.RunAsync("send", "-s", relay.Url, "VF", "20081102");

        (run.ExitCode, run.Output, run.Errors).ShouldBe((0, "1\n", ""));
        relay.Commands.ShouldBe(["VF 20081102"]);
    }

    [Fact]
    public async Task An_error_reply_is_printed_and_ends_with_1()
    {
        await using FakeRelay relay = FakeRelay.Start();

        CtlProcess run = await CtlProcess.RunAsync("send", "--socket", relay.Url, "D nosuch f");

        (run.ExitCode, run.Output).ShouldBe((1, "E50\n"));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_ends_with_3_and_one_line()
    {
        await using FakeRelay mute = FakeRelay.Start("udp", _ => null);

        CtlProcess run = await CtlProcess.RunAsync(
            "send", "-s", mute.Url, "--timeout", "0.5", "--transmissions", "2", "V");

        (run.ExitCode, run.Output).ShouldBe((3, ""));
        run.Errors.ShouldBe($"rtpproxyctl: {mute.Url}: no reply in time\n");
        mute.Commands.ShouldBe(["V", "V"]);
    }

    [Fact]
    public async Task Several_nodes_are_asked_and_named()
    {
        await using FakeRelay one = FakeRelay.Start();
        await using FakeRelay other = FakeRelay.Start("tcp", _ => "E9");

        CtlProcess run = await CtlProcess.RunAsync("send", "-s", one.Url, "-s", other.Url, "V");

        run.Lines.ShouldBe([$"{one.Url}: 20040107", $"{other.Url}: E9"]);
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Without_words_the_commands_are_lines_of_the_input()
    {
        await using FakeRelay relay = FakeRelay.Start("cunix");

        CtlProcess run = await CtlProcess.RunWithInputAsync("V\n\nVF 1\nX", "send", "-s", relay.Url);

        run.Lines.ShouldBe(["20040107", "1", "0"]);
        relay.Commands.ShouldBe(["V", "VF 1", "X"]);
    }

    [Fact]
    public async Task Bytes_beyond_ASCII_arrive_as_typed()
    {
        await using FakeRelay relay = FakeRelay.Start("tcp", command => command);

        CtlProcess run = await CtlProcess.RunAsync("send", "-s", relay.Url, "Z Grüße");

        run.Output.ShouldBe("Z Grüße\n");
        relay.Commands[0].Length.ShouldBe("Z Grüße".Length + 2);
    }

    [Fact]
    public async Task Json_says_which_node_answered_what()
    {
        await using FakeRelay relay = FakeRelay.Start();

        CtlProcess run = await CtlProcess.RunAsync("send", "--json", "-s", relay.Url, "-s", "unix:/nonexistent.sock", "V");

        using JsonDocument good = JsonDocument.Parse(run.Lines[0]);
        good.RootElement.GetProperty("reply").GetString().ShouldBe("20040107");
        using JsonDocument bad = JsonDocument.Parse(run.Lines[1]);
        bad.RootElement.GetProperty("socket").GetString().ShouldBe("unix:/nonexistent.sock");
        bad.RootElement.TryGetProperty("reply", out _).ShouldBeFalse();
        bad.RootElement.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        run.ExitCode.ShouldBe(3);
    }
}
