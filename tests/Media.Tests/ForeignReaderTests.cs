using System.Diagnostics;
using static RtpProxy.Media.Tests.RecordingFixture;

namespace RtpProxy.Media.Tests;

/// <summary>The programs that people open recordings with agree that they are in order.</summary>
public sealed class ForeignReaderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rtpproxy-{Guid.NewGuid():N}.pcap");

    public ForeignReaderTests() => File.WriteAllBytes(_path, PcapFile());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Tcpdump_reads_the_file_and_finds_the_checksums_correct()
    {
        (string output, string errors) = Run("tcpdump", "-Z", "root", "-n", "-vvv", "-tt", "-r", _path);

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Count(line => line.Contains("[udp sum ok]", StringComparison.Ordinal)).ShouldBe(3, output + errors);
        output.ShouldContain("127.0.0.1.54029 > 192.0.2.7.35000");
        output.ShouldContain("2001:db8::1.42470 > ::1.35002");
        output.ShouldContain("1795215186.998876");
        output.ShouldContain("ttl 127");
        output.ShouldContain("hlim 64");
        output.ShouldNotContain("bad");
        errors.ShouldNotContain("truncated");
    }

    [Fact]
    public void Tshark_reads_the_file_and_has_no_complaint()
    {
        (string output, string errors) = Run(
            "tshark",
            "-n",
            "-r", _path,
            "-o", "ip.check_checksum:TRUE",
            "-o", "udp.check_checksum:TRUE",
            "-T", "fields",
            "-E", "separator=;",
            "-e", "ip.checksum.status",
            "-e", "udp.checksum.status",
            "-e", "udp.length",
            "-e", "ip.id",
            "-e", "_ws.malformed");

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["1;1;20;0x0000;", ";1;181;;", "1;1;41;0x0002;"], errors);
    }

    private static (string Output, string Errors) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start).ShouldNotBeNull();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return (output, errors.Result);
    }
}
