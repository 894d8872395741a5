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
