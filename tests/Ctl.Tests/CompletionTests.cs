using System.Diagnostics;
using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Ctl.Tests;

/// <summary>Completion in the shells themselves.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private readonly WorkingDirectory _directory = new();
    private readonly FakeAdmin _relay;

    public CompletionTests() => _relay = FakeAdmin.Start(
        request => SampleCalls.Page(request, [SampleCalls.Row("good-call@example.com"), SampleCalls.Row($"$(touch {_directory.File("owned")});`x`'")]),
        _directory.File("rtp.admin.sock"));

    private string Socket => $"unix:{_directory.File("rtp.sock")}";

    public async ValueTask InitializeAsync()
    {
        string program = _directory.File("rtpproxyctl");
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "rtpproxyctl.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (string shell in (string[])["bash", "zsh", "fish"])
        {
            CtlProcess run = await CtlProcess.RunAsync("completion", shell);
            run.ExitCode.ShouldBe(0);

            // Nobody presses keys here, and the machine may be busy with other tests.
            await File.WriteAllTextAsync(_directory.File(shell), run.Output.Replace("--timeout 0.3", "--timeout 30", StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("rtpproxyctl st", "stats")]
    [InlineData("rtpproxyctl stats --wa", "--watch")]
    [InlineData("rtpproxyctl -s uni", "unix:")]
    [InlineData("rtpproxyctl -s unix:/proc/self/mountinf", "unix:/proc/self/mountinfo")]
    [InlineData("rtpproxyctl --admin unix:/proc/self/mountinf", "unix:/proc/self/mountinfo")]
    [InlineData("rtpproxyctl stats nsess_c", "nsess_created", "nsess_complete")]
    [InlineData("rtpproxyctl calls --sort t", "trouble")]
    [InlineData("rtpproxyctl calls --verdict one", "one-way", "one-way-stopped")]
    [InlineData("rtpproxyctl doctor --ro", "--root")]
    [InlineData("rtpproxyctl completion z", "zsh")]
    [InlineData("rtpproxyctl -s SOCKET why go", "good-call@example.com")]
    [InlineData("rtpproxyctl -s SOCKET session good-call@ex", "good-call@example.com")]
    [InlineData("rtpproxyctl -s SOCKET session nosuch")]
    public async Task Every_shell_completes_verbs_options_values_and_calls(string typed, params string[] expected)
    {
        string line = typed.Replace("SOCKET", Socket, StringComparison.Ordinal);

        (await InBashAsync(line)).Order().ShouldBe(expected.Order());
        (await InFishAsync(line)).Order().ShouldBe(expected.Order());
        await InZshAsync(line, expected);
    }

    [Fact]
    public async Task A_call_whose_name_is_a_command_is_never_run()
    {
        string line = $"rtpproxyctl -s {Socket} why ";

        IReadOnlyList<string> bash = await InBashAsync(line);
        IReadOnlyList<string> fish = await InFishAsync(line);
        await InZshAsync(line + "$", []);

        fish.Count.ShouldBe(2);
        bash.ShouldContain(name => name.StartsWith("\\$\\(touch\\ ", StringComparison.Ordinal)); // As a word of the shell.
        File.Exists(_directory.File("owned")).ShouldBeFalse();
    }

    /// <summary>What is offered, with what bash leaves before it.</summary>
    private async Task<IReadOnlyList<string>> InBashAsync(string line)
    {
        // Bash ends words at these too, each of which is a word by itself.
        string words = line.Replace(":", " : ", StringComparison.Ordinal).Replace("@", " @ ", StringComparison.Ordinal).TrimEnd();
        string last = line.Split(' ')[^1];
        string script = $$"""
            . {{_directory.File("bash")}}
            COMP_LINE='{{line}}'; COMP_POINT={{line.Length.ToString(CultureInfo.InvariantCulture)}}
            COMP_WORDS=({{words}}{{(line.EndsWith(' ') ? " ''" : "")}}); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _rtpproxyctl
            for reply in "${COMPREPLY[@]}"; do echo "$reply"; done
            """;
        string before = last[..(last.LastIndexOfAny([':', '@']) + 1)];
        return [.. (await RunAsync("bash", "-c", script)).Select(reply => before + reply)];
    }

    private async Task<IReadOnlyList<string>> InFishAsync(string line)
    {
        IReadOnlyList<string> offered = await RunAsync("fish", "--no-config", "-c", $"source {_directory.File("fish")}; complete -C '{line}'");
        return [.. offered.Select(each => each.Split('\t')[0])];
    }

    /// <summary>Zsh completes at a prompt only.</summary>
    private async Task InZshAsync(string line, IReadOnlyList<string> expected)
    {
        await File.WriteAllTextAsync(
            _directory.File(".zshrc"),
            $"PATH={_directory.Path}:$PATH\nPS1='> '\nautoload -U compinit; compinit -u -d {_directory.File("dump")}\nsource {_directory.File("zsh")}\n");
        using PseudoTerminal terminal = PseudoTerminal.StartProgram(400, 50, $"env ZDOTDIR='{_directory.Path}' zsh -d -i");
        await RtpProxy.TestKit.Eventually.TrueAsync(() => terminal.Seen.Contains("> ", StringComparison.Ordinal));
        terminal.Type(line + "\t\t\x01: \x05 #done\r\x04");
        (await terminal.EndAsync()).ShouldBeOneOf(0, 1, 127);
        foreach (string word in expected)
        {
            terminal.Seen.ShouldContain(word);
        }
    }

    private async Task<IReadOnlyList<string>> RunAsync(string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = $"{_directory.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _directory.Path;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await errors).ShouldBeEmpty();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
