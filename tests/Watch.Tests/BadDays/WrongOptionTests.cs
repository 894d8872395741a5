using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.BadDays;

public sealed class WrongOptionTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--node", "foo")]
    [InlineData("--node", "")]
    [InlineData("--node", "b d=unix:/a")]
    [InlineData("--node", "fd:abc")]
    [InlineData("--http", "foo")]
    [InlineData("--http", "127.0.0.1:99999")]
    [InlineData("--otlp", "ftp://x")]
    [InlineData("--otlp-seconds", "0")]
    public async Task A_wrong_value_is_told_with_its_option_and_what_was_expected(string option, string value)
    {
        string[][] all = [["--node", "unix:/nowhere"], ["--http", "127.0.0.1:0"], [option, value]];

        ProgramResult result = await WatchProcess.RunAsync(
            _directory, [.. all.Where(one => one[0] != option || one[1] == value).SelectMany(one => one)]);

        result.Status.ShouldBe(2);
        string told = result.Error.TrimEnd('\n');
        told.ShouldNotContain("\n");
        told.ShouldStartWith($"rtpproxywatch: {option}: '{value.Split('=')[0]}'");
        told.ShouldContain("expected");
    }

    [Theory]
    [InlineData("there is no --node; expected --node [NAME=]SOCKET", "--http", "127.0.0.1:0")]
    [InlineData("--node has no value; expected [NAME=]SOCKET", "--node")]
    [InlineData("--http has no value; expected ADDRESS:PORT", "--node", "unix:/a", "--http")]
    [InlineData("'x' is not understood; expected options and their values", "--node", "unix:/a", "--http", "127.0.0.1:0", "x")]
    [InlineData("'--htpt' is not understood; expected options and their values", "--htpt=1")]
    public async Task A_line_that_cannot_be_understood_is_told_in_one_line(string told, params string[] options)
    {
        ProgramResult result = await WatchProcess.RunAsync(_directory, options);

        result.ShouldBe(new ProgramResult(2, "", $"rtpproxywatch: {told}; --help lists the options\n"));
    }

    [Fact]
    public async Task Of_an_option_that_is_given_twice_the_last_counts()
    {
        await using WatchProcess watch = await WatchProcess.StartAsync(
            "--node", "a=unix:/nowhere", "--http", "192.0.2.1:8880", "--http-token", "/nowhere", "--otlp-seconds", "5",
            "--node", "b=unix:/nowhere", "--http", "127.0.0.1:0", "--http-token", TokenFiles.Write(_directory), "--otlp-seconds", "6");

        watch.Said.ShouldContain("page, metrics and health at http://127.0.0.1:");
    }

    [Theory]
    [InlineData("two nodes are called 'a'", "--node", "a=unix:/a", "--node", "a=unix:/b", "--http", "127.0.0.1:0")]
    [InlineData("there is nobody to tell", "--node", "unix:/a")]
    [InlineData("needs --http-token", "--node", "unix:/a", "--http", "0.0.0.0:0")]
    public async Task Options_that_do_not_go_together_are_told(string problem, params string[] options)
    {
        ProgramResult result = await WatchProcess.RunAsync(_directory, options);

        result.Status.ShouldBe(2);
        result.Error.ShouldContain(problem);
    }
}
