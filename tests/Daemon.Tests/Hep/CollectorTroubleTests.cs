using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Hep;

namespace RtpProxy.Daemon.Tests.Hep;

/// <summary>Whatever a collector does, calls go on, what it misses is counted, and it gets what comes when it is there again.</summary>
public sealed class CollectorTroubleTests
{
    [Fact]
    public async Task Over_TCP_packets_follow_each_other_and_what_comes_back_is_thrown_away()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using DaemonProcess daemon = await StartAsync($"tcp:127.0.0.1:{PortOf(listener)}");
        using TcpClient collector = await AcceptAsync(listener);
        await daemon.Log.WaitForAsync($"connected to the collector tcp:127.0.0.1:{PortOf(listener)}");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        byte[] garbage = new byte[1 << 20];
        Random.Shared.NextBytes(garbage);
        await collector.GetStream().WriteAsync(garbage); // more than buffers hold: it is read

        for (int i = 0; i < 100; i++)
        {
            call.Caller.SendReport(RtcpReports.Receiver(7, (uint)i)); // the same once more would be one that circles
            await call.Callee.HearReportAsync();
        }

        await ReadAsync(collector.GetStream(), 100);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_tried_again_and_then_gets_what_has_waited()
    {
        int port = FreePorts.One(ProtocolType.Tcp, ipv6: false);
        using TcpListener listener = new(IPAddress.Loopback, port);
        await using DaemonProcess daemon = await StartAsync($"tcp:127.0.0.1:{port}");
        await daemon.Log.WaitForAsync($"can't connect to the collector tcp:127.0.0.1:{port}: Connection refused; trying again in 1 s");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        call.Caller.SendReport(RtcpReports.Receiver(7));
        await call.Callee.HearReportAsync();
        listener.Start();

        using (TcpClient collector = await AcceptAsync(listener))
        {
            await ReadAsync(collector.GetStream(), 1);
        }

        await daemon.Log.WaitForAsync($"the connection to the collector tcp:127.0.0.1:{port} is lost: it closed the connection");
        call.Caller.SendReport(RtcpReports.Receiver(7, 8));
        await call.Callee.HearReportAsync();
        using TcpClient again = await AcceptAsync(listener);
        await ReadAsync(again.GetStream(), 1);
    }

    [Fact]
    public async Task A_collector_that_does_not_read_delays_no_packet_and_what_it_misses_is_told()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0) { Server = { ReceiveBufferSize = 4096 } };
        listener.Start();
        await using DaemonProcess daemon = await StartAsync($"tcp:127.0.0.1:{PortOf(listener)}");
        using TcpClient collector = await AcceptAsync(listener);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");

        // With 5 KB of JSON each, more than the queue and the buffers of the connection hold.
        for (int i = 0; i < 6_000; i++)
        {
            call.Caller.SendReport(RtcpReports.Receiver([.. Enumerable.Range(0, 31).Select(j => (uint)(i + j))]));
            await call.Callee.HearReportAsync();
        }

        (await control.AskAsync("Q call alice bob npkts_ina")).ShouldBe("0");
        await daemon.Log.WaitForAsync($"the collector tcp:127.0.0.1:{PortOf(listener)} did not get");
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
    }

    [Fact]
    public async Task A_daemon_ends_in_time_although_its_collector_does_not_read()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using DaemonProcess daemon = await StartAsync(
            $"tcp:127.0.0.1:{PortOf(listener)}", "--hep", "tcp:127.0.0.1:9", "--hep", "udp:127.0.0.1:9");
        using TcpClient collector = await AcceptAsync(listener);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        call.Caller.SendReport(RtcpReports.Receiver(7));
        await call.Callee.HearReportAsync();

        await daemon.SignalAsync("TERM");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        daemon.Log.All.ShouldNotContain(line => line.Contains("did not end", StringComparison.Ordinal));
        await ReadAsync(collector.GetStream(), 1); // what was under way has arrived
    }

    [Fact]
    public async Task Over_TLS_a_collector_is_believed_if_its_certificate_is_for_its_name()
    {
        using X509Certificate2 certificate = Certify("localhost");
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings
            {
                Options = ["-l", "127.0.0.1", "--hep", $"tls:localhost:{PortOf(listener)}", "--hep", $"tls:127.0.0.1:{PortOf(listener)}"],
                Environment = new Dictionary<string, string> { ["SSL_CERT_FILE"] = "trusted.pem", ["SSL_CERT_DIR"] = "." },
            },
            directory => File.WriteAllText(directory.File("trusted.pem"), certificate.ExportCertificatePem()));
        Task<int> served = Task.WhenAll(ServeAsync(listener, certificate), ServeAsync(listener, certificate))
            .ContinueWith(both => both.Result.Sum(), TaskScheduler.Default);
        await daemon.Log.WaitForAsync($"connected to the collector tls:localhost:{PortOf(listener)}");
        await daemon.Log.WaitForAsync($"can't connect to the collector tls:127.0.0.1:{PortOf(listener)}: its certificate is not to be trusted: IP address mismatch");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        call.Caller.SendReport(RtcpReports.Receiver(7));
        await call.Callee.HearReportAsync();

        (await served).ShouldBe(1);
    }

    private static async Task<int> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await AcceptAsync(listener);
        using SslStream tls = new(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            await ReadAsync(tls, 1);
            return 1;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return 0; // it did not believe us
        }
    }

    private static X509Certificate2 Certify(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private static async Task ReadAsync(Stream stream, int count)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        for (int i = 0; i < count; i++)
        {
            HepMessage message = (await HepMessage.ReadAsync(stream, deadline.Token)).ShouldNotBeNull("the connection has ended");
            message.CallId.ShouldBe("call");
            message.Text.ShouldContain("\"source_ssrc\": 7,");
        }
    }

    private static async Task<TcpClient> AcceptAsync(TcpListener listener)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        return await listener.AcceptTcpClientAsync(deadline.Token);
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static Task<DaemonProcess> StartAsync(string collector, params string[] options) =>
        DaemonProcess.StartAsync(new DaemonSettings { Options = ["-l", "127.0.0.1", "--hep", collector, .. options] });
}
