using System.Diagnostics;
using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Verdicts;

/// <summary>
/// A relay between two networks of its own, as namespaces, with real phones and a firewall that lets one direction through: what
/// was done to the call is what the relay says of it.
/// </summary>
public sealed class OneWayFirewalls : IAsyncLifetime
{
    // Every run has networks of its own: names of interfaces have 15 letters at most.
    private readonly string _id = (Environment.ProcessId % 100_000).ToString(CultureInfo.InvariantCulture);
    private readonly WorkingDirectory _directory = new();
    private readonly List<Process> _phones = [];
    private bool _hasNetworks;

    private string Relay => $"vr{_id}";

    public async ValueTask InitializeAsync()
    {
        _hasNetworks = await TryAsync("ip", "netns", "add", Relay)
            && await TryAsync("ip", "-n", Relay, "link", "set", "lo", "up")
            && await HasNetworkAsync("a", 1)
            && await HasNetworkAsync("b", 2)
            && await TryAsync("ip", "netns", "exec", Relay, "sysctl", "-qw", "net.ipv4.ip_forward=1")
            && await TryAsync("ip", "netns", "exec", Relay, "iptables", "-L", "-n");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process phone in _phones)
        {
            phone.Kill(entireProcessTree: true);
            await phone.WaitForExitAsync();
            phone.Dispose();
        }

        await TryAsync("ip", "netns", "del", $"va{_id}");
        await TryAsync("ip", "netns", "del", $"vb{_id}");
        await TryAsync("ip", "netns", "del", Relay);
        _directory.Dispose();
    }

    [Fact]
    public async Task What_a_firewall_does_to_a_call_is_what_is_said_of_it()
    {
        Assert.SkipUnless(_hasNetworks, "network namespaces or iptables are not permitted here");
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Options = ["-l", "10.9.1.1"],
            LogLevel = "info",
            Through = ["ip", "netns", "exec", Relay],
        });
        await RuleAsync("-I", "INPUT", "-i", $"rb{_id}");
        int portForBob = Port(await daemon.AskAsync("U call 10.9.1.2 4000 alice"));
        int portForAlice = Port(await daemon.AskAsync("L call 10.9.2.2 5000 alice bob"));
        Speak("a", portForAlice);
        Speak("b", portForBob);

        await daemon.Log.WaitForAsync("the call is in trouble: one-way (callee); it was waiting");
        await RuleAsync("-D", "INPUT", "-i", $"rb{_id}");
        await daemon.Log.WaitForAsync("the call is out of trouble: ok; it was one-way (callee)");

        await RuleAsync("-I", "OUTPUT", "-o", $"rb{_id}", "-p", "udp");
        await daemon.Log.WaitForAsync("the call is in trouble: unreachable (callee); it was ok");
        await RuleAsync("-D", "OUTPUT", "-o", $"rb{_id}", "-p", "udp");
        await daemon.Log.WaitForAsync("the call is out of trouble: ok; it was unreachable (callee)");
    }

    private static int Port(string reply) => int.Parse(reply.Split(' ')[0], CultureInfo.InvariantCulture);

    private async Task<bool> HasNetworkAsync(string party, int number) =>
        await TryAsync("ip", "netns", "add", $"v{party}{_id}")
        && await TryAsync(
            "ip", "link", "add", $"p{party}{_id}", "netns", $"v{party}{_id}", "type", "veth", "peer", "name", $"r{party}{_id}", "netns", Relay)
        && await TryAsync("ip", "-n", $"v{party}{_id}", "addr", "add", $"10.9.{number}.2/24", "dev", $"p{party}{_id}")
        && await TryAsync("ip", "-n", Relay, "addr", "add", $"10.9.{number}.1/24", "dev", $"r{party}{_id}")
        && await TryAsync("ip", "-n", $"v{party}{_id}", "link", "set", $"p{party}{_id}", "up")
        && await TryAsync("ip", "-n", Relay, "link", "set", $"r{party}{_id}", "up")
        && await TryAsync("ip", "-n", $"v{party}{_id}", "route", "add", "default", "via", $"10.9.{number}.1");

    private async Task RuleAsync(params string[] rule) =>
        (await TryAsync(["ip", "netns", "exec", Relay, "iptables", .. rule, "-j", "DROP"])).ShouldBeTrue();

    /// <summary>
    /// A phone that sends nearly fifty packets a second, at most for a minute or so; of a payload type whose clock is not known, since the
    /// shell keeps none.
    /// </summary>
    private void Speak(string party, int port)
    {
        string script = $$"""
            exec 3<>/dev/udp/10.9.1.1/{{port}}
            for ((i = 0; i < 3000; i++)); do
                printf -v n '\\x%02x\\x%02x' $((i / 256)) $((i % 256))
                printf -v t '\\x%02x\\x%02x\\x%02x' $((i * 160 / 65536)) $((i * 160 / 256 % 256)) $((i * 160 % 256))
                printf "\\x80\\x61$n\\x00$t\\x00\\x00\\x00\\x07%160s" ' ' >&3
                sleep 0.02
            done
            """;
        _phones.Add(Process.Start("ip", ["netns", "exec", $"v{party}{_id}", "bash", "-c", script]));
    }

    private async Task<bool> TryAsync(params string[] command) =>
        (await ProgramRun.InAsync(_directory, command[0], command[1..])).Status == 0;
}
