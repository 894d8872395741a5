using System.Globalization;
using System.Net;
using RtpProxy.Packages.Tests.Calls;
using RtpProxy.Packages.Tests.Roots;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests;

/// <summary>
/// The machine's own Kamailio with its module for rtpengine (<c>samples/kamailio/ng-relays.cfg</c>), in the network of a system whose relay
/// is installed from the package and told in its file what <c>docs/ng.md</c> says.
/// </summary>
public class KamailioWithNgTests(SharedPackages packages)
{
    private static readonly IPEndPoint Sip = new(IPAddress.Loopback, 5060);

    [Fact]
    public async Task A_call_is_placed_and_goes_on_through_an_upgrade_and_the_death_of_the_relay()
    {
        packages.ShouldBeUsable();
        Assert.SkipUnless((await SharedPackages.RunAsync("bash", "-c", "command -v kamailio")).Status == 0, "Kamailio is not installed");
        using WorkingDirectory directory = new();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync(
            @"sed -i -e 's/^#listen = .*/listen = [""127.0.0.1""]/' -e 's/^#ng = /ng = /' /etc/rtpproxy/rtpproxy.toml"
            + " && rtpproxy --check -u rtpproxy --config /etc/rtpproxy/rtpproxy.toml && systemctl restart rtpproxy");
        string keeper = await system.RunAsync("systemctl show -P MainPID rtpproxy");
        await StartKamailioAsync(system, directory);

        SipPhones? phones = null;
        await using LiveCall call = await LiveCall.BeginAsync(system, (caller, callee) =>
        {
            phones = new(system.FirstProcess, Sip, "call", (caller, callee));
            return phones.InviteAsync();
        });
        await system.InstallAsync(packages.Newer);
        await call.GoesOnAsync();
        await phones!.InviteAsync();
        await call.GoesOnAsync();
        await system.RunAsync($"kill -KILL $(cat /proc/{keeper}/task/{keeper}/children)");
        await phones.InviteAsync();
        await call.GoesOnAsync();
        await phones.HangUpAsync();

        await system.BecomesAsync("rtpproxyctl calls --names", "");
        string said = Log(directory);
        said.ShouldMatch("call: RTP: [0-9]{5,} bytes, [0-9]{3,} packets, 0 errors");
        said.ShouldMatch("call: MOS [0-9][.][0-9]");
        phones.Dispose();
    }

    // Its processes are of the system, and go with it; its files are the machine's.
    private static async Task StartKamailioAsync(DebianSystem system, WorkingDirectory directory)
    {
        string sample = Path.Combine(SharedPackages.Project, "samples/kamailio/ng-relays.cfg");
        string kamailio = $"kamailio -DD -E -f {sample} -Y {directory.Path} -P {directory.File("kamailio.pid")} -m 32 -M 4 -A LISTEN=udp:{Sip}";
        ProgramResult started = await SharedPackages.RunAsync(
            "nsenter", "-t", system.FirstProcess.ToString(CultureInfo.InvariantCulture), "-n", "-p", "bash", "-c",
            $"(setsid {kamailio} > {directory.File("kamailio.log")} 2>&1 < /dev/null &)");
        started.Status.ShouldBe(0, started.Error);
        await SipPhones.ProxyAnswersAsync(system.FirstProcess, Sip, () => $"Kamailio does not answer\n{Log(directory)}");
    }

    private static string Log(WorkingDirectory directory) =>
        File.Exists(directory.File("kamailio.log")) ? File.ReadAllText(directory.File("kamailio.log")) : "";
}
