using System.Net;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>HEP packets as another program reads them: Kamailio's module sipcapture.</summary>
public sealed class CollectorOfKamailio
{
    [Fact]
    public async Task Kamailio_reads_what_collectors_are_told()
    {
        using var directory = new WorkDirectory();
        string tables = directory.CreateDirectory("tables");
        File.WriteAllText(Path.Combine(tables, "version"), "table_name(string) table_version(int)\nsip_capture:4\n");
        File.WriteAllText(Path.Combine(tables, "sip_capture"), "id(int,auto)\n");
        IPAddress address = Loopback.NextAddress();
        var socket = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        await using ChildProcess kamailio = await ChildProcess.StartAsync(
            "collector",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "collector.cfg"),
                "-Y", directory.CreateDirectory("run"), "-P", directory["kamailio.pid"], "-m", "32", "-M", "4",
            ],
            directory,
            ("COLLECTOR_SOCKET", $"udp:{socket}"),
            ("COLLECTOR_TABLES", $"text://{tables}"));
        await using LoneRelay relay = await LoneRelay.StartAsync("unix", "--hep", $"udp:{socket}", "--hep-id", "70000", "--hep-report", "1");
        using LoneCall call = await relay.CallAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await call.ExchangeAsync(); // until Kamailio is up and has been told
                call.Caller.SendReport();
                return kamailio.HasEnded || (Has(kamailio, 5) && Has(kamailio, 35));
            },
            () => $"Kamailio reads no HEP. {kamailio.Tail()}");
        await call.DeleteAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Has(kamailio, 34)), () => $"no end. {kamailio.Tail()}");

        string control = $"source={call.Caller.Rtcp.Local} destination={call.FacingCaller.Address}:{call.FacingCaller.Port + 1}";
        string media = $"source={call.Caller.Rtp.Local} destination={call.FacingCaller}";
        kamailio.Output.ShouldContain($"HEP3 family=2 protocol=17 {control} type=5 id=70000 correlation=");
        kamailio.Output.ShouldContain($"HEP3 family=2 protocol=17 {media} type=34 id=70000 correlation=");
        kamailio.Output.ShouldContain("\"TYPE\":\"HANGUP\"}");
    }

    private static bool Has(ChildProcess kamailio, int type) =>
        kamailio.Output.Contains($" type={type} id=70000 ", StringComparison.Ordinal);
}
