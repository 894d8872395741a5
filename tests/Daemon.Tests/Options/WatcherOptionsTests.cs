using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Tests.Options;

public class WatcherOptionsTests
{
    [Theory]
    [InlineData("/run/admin.sock", "unix:/run/admin.sock")]
    [InlineData("/run/admin.sock", "/run/admin.sock")]
    [InlineData("a:b/c", "unix:a:b/c")]
    public void The_admin_socket_is_a_path(string path, string argument) =>
        CommandLine.Options("--admin", argument).AdminSocket.ShouldBe(path);

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("tcp:127.0.0.1:9")]
    [InlineData("127.0.0.1:9")]
    public void What_is_no_path_is_no_admin_socket(string argument) =>
        CommandLine.Fault("--admin", argument).ShouldBe($"rtpproxy: {argument}: invalid admin socket: expected unix:PATH\n");

    [Fact]
    public void The_watcher_is_given_what_is_its_own()
    {
        WatcherRequest watcher = CommandLine.Options(
            "--http", "[::1]:8880", "--http-token", "/etc/token", "--http-host", "a.example", "--http-host=b.example",
            "--otlp", "http://collector:4318").Watcher;

        watcher.IsWanted.ShouldBeTrue();
        watcher.Arguments.ShouldBe([
            "--http", "[::1]:8880", "--http-token", "/etc/token", "--http-host", "a.example", "--http-host", "b.example",
            "--otlp", "http://collector:4318",
        ]);
        CommandLine.Options("--http-token", "token").Watcher.TokenFile.ShouldBe(Path.GetFullPath("token"));
    }

    [Fact]
    public void Without_an_address_and_a_collector_there_is_no_watcher()
    {
        CommandLine.Options().Watcher.IsWanted.ShouldBeFalse();
        CommandLine.Options("--otlp", "https://collector").Watcher.IsWanted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("8880")]
    [InlineData(":8880")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:x")]
    [InlineData("::1:8880")]
    [InlineData("[127.0.0.1]:8880")]
    [InlineData("localhost:8880")]
    public void An_address_of_the_watcher_is_a_number_and_a_port(string argument) =>
        CommandLine.Fault("--http", argument).ShouldBe(
            $"rtpproxy: --http {argument}: invalid address of the watcher: expected ADDRESS:PORT, such as 127.0.0.1:8880 or [::1]:8880\n");

    [Theory]
    [InlineData("the name of the file with the watcher's token is empty", "--http-token", "")]
    [InlineData("a name that the watcher is asked for is empty", "--http-host", "")]
    [InlineData("x: invalid collector of metrics: expected http://HOST:PORT or https://HOST:PORT", "--otlp", "x")]
    [InlineData("ftp://x: invalid collector of metrics: expected http://HOST:PORT or https://HOST:PORT", "--otlp", "ftp://x")]
    public void Wrong_values_are_refused(string text, string option, string argument) =>
        CommandLine.Fault(option, argument).ShouldBe($"rtpproxy: {text}\n");

    [Theory]
    [InlineData("--http-token and --http-host require --http", "--http-token", "/t")]
    [InlineData("--http-token and --http-host require --http", "--http-host", "a", "--otlp", "http://c")]
    [InlineData("--http 0.0.0.0:8880 can be reached from other hosts, which requires --http-token", "--http", "0.0.0.0:8880")]
    [InlineData("--http [::]:8880 can be reached from other hosts, which requires --http-token", "--http", "[::]:8880")]
    public void Options_that_do_not_fit_together_are_refused(string text, params string[] arguments) =>
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: false, out _, out _)
            .ShouldNotBeNull().Lines.ShouldBe([$"rtpproxy: {text}"]);

    [Theory]
    [InlineData("--http", "127.0.0.2:0")]
    [InlineData("--http", "0.0.0.0:8880", "--http-token", "/t")]
    public void Options_that_fit_together_are_taken(params string[] arguments) =>
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: false, out _, out _).ShouldBeNull();
}
