using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Io.Net.Hep;
using RtpProxy.TestKit.Hep;

namespace RtpProxy.Io.Tests.Hep;

/// <summary>Media rules, section 8.2: JSON of RTCP, byte for byte.</summary>
public sealed class RtcpJsonTests
{
    [Fact]
    public void A_sender_report_is_told_as_the_original_tells_it() =>
        Told(RtcpReports.Sender(572662306)).ShouldBe(RtcpReports.SenderJson);

    [Fact]
    public void Several_blocks_are_parted_by_a_line_with_a_comma()
    {
        string[] lines = Told(RtcpReports.Receiver(1, 2))!.Split('\n');

        lines[..4].ShouldBe(["{", " \"ssrc\": 286331153,", " \"type\": 201,", " \"report_blocks\": ["]);
        lines[12..15].ShouldBe(["  }", "  ,", "  {"]);
        lines[^4..].ShouldBe(["  }", " ],", " \"report_count\": 2", "}"]);
    }

    [Fact]
    public void A_report_without_blocks_has_no_list_of_them() =>
        Told(RtcpReports.Receiver()).ShouldBe("{\n \"ssrc\": 286331153,\n \"type\": 201,\n \"report_count\": 0\n}");

    [Fact]
    public void Reports_follow_each_other_without_anything_between()
    {
        string one = Told(RtcpReports.Receiver(7))!;

        Told([.. RtcpReports.Receiver(7), .. RtcpReports.Sender(572662306)]).ShouldBe(one + RtcpReports.SenderJson);
    }

    [Theory]
    [InlineData("81CA00020000000101000000")] // SDES
    [InlineData("81CB000100000001")] // BYE
    [InlineData("80CC00020000000141424344")] // APP
    [InlineData("80D60000")] // 214: nobody's
    [InlineData("81CB000900000001")] // a BYE that is cut off
    public void What_is_no_report_is_told_as_nothing(string datagram) => Told(Convert.FromHexString(datagram)).ShouldBe("");

    [Theory]
    [InlineData("")]
    [InlineData("80C900")]
    [InlineData("40C9000100000001")] // version 1
    [InlineData("80C9000200000001")] // longer than the datagram
    [InlineData("81C9000100000001")] // a block that is not there
    [InlineData("80C8000100000001")] // no sender information
    [InlineData("80C900010000000100")] // something behind it
    public void What_is_broken_is_told_to_be(string datagram) => Told(Convert.FromHexString(datagram)).ShouldBeNull();

    [Theory]
    [InlineData(0x000005, 5)]
    [InlineData(0x7FFFFF, 8_388_607)]
    [InlineData(0xFFFFFF, -1)]
    [InlineData(0x800000, -8_388_608)]
    [InlineData(0x010000, 65_536)] // the original says -1
    public void Packets_lost_have_24_bits_and_a_sign(int bits, int lost)
    {
        byte[] report = RtcpReports.Receiver(7);
        (report[13], report[14], report[15]) = ((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);

        Told(report)!.ShouldContain($"\"packets_lost\": {lost},");
    }

    [Fact]
    public void Nothing_that_is_received_breaks_it_and_what_it_tells_is_JSON() => Prop.ForAll<byte[]>(bytes =>
    {
        byte[] report = RtcpReports.Sender(1, 2);
        for (int i = 0; i + 1 < bytes.Length; i += 2)
        {
            report[bytes[i] % report.Length] = bytes[i + 1];
        }

        if (Told(report) is { Length: > 0 } told)
        {
            foreach (string one in told.Split("}{"))
            {
                using var _ = JsonDocument.Parse((one[0] == '{' ? "" : "{") + one + (one.EndsWith("\n}", StringComparison.Ordinal) ? "" : "}"));
            }
        }
    }).QuickCheckThrowOnFailure();

    private static string? Told(byte[] datagram)
    {
        ArrayBufferWriter<byte> json = new();
        return RtcpJson.TryWrite(datagram, json) ? Encoding.UTF8.GetString(json.WrittenSpan) : null;
    }
}
