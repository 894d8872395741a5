using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using RtpProxy.Io.Storage.Appending;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Records;

/// <summary>
/// The lines of the original's module acct_csv, column for column (media rules, section 8.1). It quotes nothing; so that no text of
/// a peer makes columns or lines of its own, commas, quotation marks and control characters are written as <c>%2C</c> here.
/// </summary>
internal sealed class CsvForm : ILineForm<CsvRecord>
{
    private const string Version = "1.2";

    private static readonly byte[] Columns = Encoding.ASCII.GetBytes(
        "rec_ver,rtpp_node_id,rtpp_pid,sess_uid,call_id,from_tag,setup_ts,teardown_ts,"
        + "first_rtp_ts_ino,last_rtp_ts_ino,first_rtp_ts_ina,last_rtp_ts_ina,"
        + "rtp_npkts_ina,rtp_npkts_ino,rtp_nrelayed,rtp_ndropped,rtcp_npkts_ina,rtcp_npkts_ino,rtcp_nrelayed,rtcp_ndropped,"
        + "rtpa_nsent_ino,rtpa_nrcvd_ino,rtpa_ndups_ino,rtpa_nlost_ino,rtpa_perrs_ino,rtpa_ssrc_last_ino,rtpa_ssrc_cnt_ino,rtpa_pt_last_ino,"
        + "rtpa_nsent_ina,rtpa_nrcvd_ina,rtpa_ndups_ina,rtpa_nlost_ina,rtpa_perrs_ina,rtpa_ssrc_last_ina,rtpa_ssrc_cnt_ina,rtpa_pt_last_ina,"
        + "rtpa_jitter_last_ino,rtpa_jitter_max_ino,rtpa_jitter_avg_ino,rtpa_jitter_last_ina,rtpa_jitter_max_ina,rtpa_jitter_avg_ina,"
        + "rtpp_rtp_rmt_ip_o,rtpp_rtp_rmt_pt_o,rtpp_rtp_rmt_ip_a,rtpp_rtp_rmt_pt_a,"
        + "rtpp_rtcp_rmt_ip_o,rtpp_rtcp_rmt_pt_o,rtpp_rtcp_rmt_ip_a,rtpp_rtcp_rmt_pt_a,"
        + "rtpp_hld_sts_o,rtpp_hld_sts_a,rtpp_hld_cnt_o,rtpp_hld_cnt_a\n");

    private readonly StringBuilder _line = new();

    public ReadOnlyMemory<byte> Header => Columns;

    public void Write(CsvRecord record, IBufferWriter<byte> line)
    {
        _line.Clear();
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{Version},{Escape(Dns.GetHostName())},{Environment.ProcessId},{record.SessionNumber},");
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{Escape(record.CallId)},{Escape(record.FromTag)},{record.SetUpSeconds:F6},{record.TornDownSeconds:F6},");
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{record.CalleeRtp.FirstSeconds:F6},{record.CalleeRtp.LastSeconds:F6},{record.CallerRtp.FirstSeconds:F6},{record.CallerRtp.LastSeconds:F6},");
        AppendCounts(record.CallerRtp, record.CalleeRtp);
        AppendCounts(record.CallerRtcp, record.CalleeRtcp);
        AppendAnalysis(record.Callee);
        AppendAnalysis(record.Caller);
        AppendJitter(record.Callee.Jitter);
        AppendJitter(record.Caller.Jitter);
        AppendRemotes(record.CalleeRtp, record.CallerRtp);
        AppendRemotes(record.CalleeRtcp, record.CallerRtcp);
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{Truth(record.Callee.IsOnHold)},{Truth(record.Caller.IsOnHold)},{record.Callee.HoldCount},{record.Caller.HoldCount}\n");

        // Texts of peers are bytes, one a character.
        foreach (ReadOnlyMemory<char> chunk in _line.GetChunks())
        {
            Encoding.Latin1.GetBytes(chunk.Span, line);
        }
    }

    private void AppendCounts(in CsvStream caller, in CsvStream callee) => _line.Append(
        CultureInfo.InvariantCulture,
        $"{caller.Received},{callee.Received},{caller.Relayed + callee.Relayed},{caller.Dropped + callee.Dropped},");

    private void AppendAnalysis(in CsvAnalysis party)
    {
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{party.Sent},{party.Received},{party.Duplicates},{party.Lost},{party.ParseErrors},");
        _line.Append(
            CultureInfo.InvariantCulture,
            $"{party.LastSsrc},{party.SsrcChanges},{party.LastPayloadType},");
    }

    private void AppendJitter(in JitterSummary jitter) =>
        _line.Append(CultureInfo.InvariantCulture, $"{jitter.Last:F6},{jitter.Maximum:F6},{jitter.Average:F6},");

    private void AppendRemotes(in CsvStream callee, in CsvStream caller)
    {
        AppendRemote(callee.Remote);
        AppendRemote(caller.Remote);
    }

    private void AppendRemote(in Endpoint remote)
    {
        if (remote.IsKnown)
        {
            string host = remote.IsIPv6 ? $"[{remote.ToIPAddress()}]" : $"{remote.ToIPAddress()}";
            _line.Append(CultureInfo.InvariantCulture, $"{host},{remote.Port},");
        }
        else
        {
            _line.Append(",,");
        }
    }

    private static string Truth(bool value) => value ? "t" : "f";

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Reserved))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = Reserved.Contains(c)
                ? escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}")
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static readonly SearchValues<char> Reserved =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', ',', '\x7F']);
}
