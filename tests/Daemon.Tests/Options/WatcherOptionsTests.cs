using System.Net;
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
    [InlineData("", "the path is empty; expected a path")]
    [InlineData("unix:", "the path is empty; expected a path")]
    [InlineData("tcp:127.0.0.1:9", "the admin socket is a Unix socket; expected unix:PATH")]
    [InlineData("127.0.0.1:9", "the admin socket is a Unix socket; expected unix:PATH")]
    public void What_is_no_path_is_no_admin_socket(string argument, string reason) =>
        CommandLine.Fault("--admin", argument).ShouldBe($"rtpproxy: --admin is '{argument}', but {reason}\n");

    [Fact]
    public void The_watcher_is_given_what_is_its_own()
    {
        WatcherRequest watcher = CommandLine.Options(
            "--http", "[::1]:8880", "--http-token", "/etc/token", "--http-host", "a.example", "--http-host=b.example",
            "--otlp", "http://collector:4318", "--ng-http", "127.0.0.1:2225").Watcher;

        watcher.IsWanted.ShouldBeTrue();
        watcher.ArgumentsFor(IPEndPoint.Parse("127.0.0.1:2223")).ShouldBe([
            "--http", "[::1]:8880", "--ng-http", "127.0.0.1:2225", "--ng", "udp:127.0.0.1:2223", "--http-token", "/etc/token", "--http-host", "a.example", "--http-host", "b.example",
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
            $"rtpproxy: --http is '{argument}'; expected ADDRESS:PORT, such as 127.0.0.1:8880 or [::1]:8880\n");

    [Theory]
    [InlineData("--http-token is ''; expected the path of a file", "--http-token", "")]
    [InlineData("--http-host is ''; expected the name of a host without a port, such as relay1.example.net", "--http-host", "")]
    [InlineData("--http-host is 'a b'; expected the name of a host without a port, such as relay1.example.net", "--http-host", "a b")]
    [InlineData("--http-host is 'a:80'; expected the name of a host without a port, such as relay1.example.net", "--http-host", "a:80")]
    [InlineData("--http-host is 'a..b'; expected the name of a host without a port, such as relay1.example.net", "--http-host", "a..b")]
    [InlineData("--otlp is 'x'; expected http://HOST:PORT or https://HOST:PORT", "--otlp", "x")]
    [InlineData("--otlp is 'ftp://x'; expected http://HOST:PORT or https://HOST:PORT", "--otlp", "ftp://x")]
    public void Wrong_values_are_refused(string text, string option, string argument) =>
        CommandLine.Fault(option, argument).ShouldBe($"rtpproxy: {text}\n");

    [Theory]
    [InlineData("--http-token is '/t', but nothing is served over HTTP; expected --http ADDRESS:PORT as well", "--http-token", "/t")]
    [InlineData("--http-host is 'a', but nothing is served over HTTP; expected --http ADDRESS:PORT as well", "--http-host", "a", "--otlp", "http://c")]
    [InlineData(
        "--http is '0.0.0.0:8880', but that can be reached from other hosts; expected --http-token FILE as well, or a loopback address",
        "--http", "0.0.0.0:8880")]
    [InlineData(
        "--http is '[::]:8880', but that can be reached from other hosts; expected --http-token FILE as well, or a loopback address",
        "--http", "[::]:8880")]
    [InlineData(
        "--ng-http is '0.0.0.0:2225', but that can be reached from other hosts; expected --http-token FILE as well, or a loopback address",
        "--ng-http", "0.0.0.0:2225", "--ng", "udp:2223")]
    [InlineData(
        "--ng-http is '127.0.0.1:2225', but there is no socket that the commands could go on to; expected --ng udp:[HOST:]PORT as well",
        "--ng-http", "127.0.0.1:2225", "--ng", "tcp:2223")]
    public void Options_that_do_not_fit_together_are_refused(string text, params string[] arguments) =>
        Check(arguments).ShouldNotBeNull().Lines.ShouldBe([$"rtpproxy: {text}"]);

    [Theory]
    [InlineData("--http", "127.0.0.2:0")]
    [InlineData("--http", "0.0.0.0:8880", "--http-token", "/t")]
    [InlineData("--ng-http", "127.0.0.1:2225", "--ng", "udp:2223")]
    public void Options_that_fit_together_are_taken(params string[] arguments) => Check(arguments).ShouldBeNull();

    private static StartFault? Check(string[] arguments)
    {
        RunDaemon run = CommandLine.Run(arguments);
        return OptionChecks.Complete(run.Options, run.Settings, isSuperuser: false, [], out _);
    }
}
