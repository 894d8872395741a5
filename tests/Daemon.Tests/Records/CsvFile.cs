using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Records;

/// <summary>Reads a file of records back, by the names of the columns; nothing is quoted in it.</summary>
internal sealed class CsvFile(string path)
{
    /// <summary>The header of version 1.2, as the original writes it.</summary>
    public const string Header =
        "rec_ver,rtpp_node_id,rtpp_pid,sess_uid,call_id,from_tag,setup_ts,teardown_ts,first_rtp_ts_ino,last_rtp_ts_ino,first_rtp_ts_ina,last_rtp_ts_ina,"
        + "rtp_npkts_ina,rtp_npkts_ino,rtp_nrelayed,rtp_ndropped,rtcp_npkts_ina,rtcp_npkts_ino,rtcp_nrelayed,rtcp_ndropped,"
        + "rtpa_nsent_ino,rtpa_nrcvd_ino,rtpa_ndups_ino,rtpa_nlost_ino,rtpa_perrs_ino,rtpa_ssrc_last_ino,rtpa_ssrc_cnt_ino,rtpa_pt_last_ino,"
        + "rtpa_nsent_ina,rtpa_nrcvd_ina,rtpa_ndups_ina,rtpa_nlost_ina,rtpa_perrs_ina,rtpa_ssrc_last_ina,rtpa_ssrc_cnt_ina,rtpa_pt_last_ina,"
        + "rtpa_jitter_last_ino,rtpa_jitter_max_ino,rtpa_jitter_avg_ino,rtpa_jitter_last_ina,rtpa_jitter_max_ina,rtpa_jitter_avg_ina,"
        + "rtpp_rtp_rmt_ip_o,rtpp_rtp_rmt_pt_o,rtpp_rtp_rmt_ip_a,rtpp_rtp_rmt_pt_a,rtpp_rtcp_rmt_ip_o,rtpp_rtcp_rmt_pt_o,rtpp_rtcp_rmt_ip_a,rtpp_rtcp_rmt_pt_a,"
        + "rtpp_hld_sts_o,rtpp_hld_sts_a,rtpp_hld_cnt_o,rtpp_hld_cnt_a";

    private static readonly string[] Columns = Header.Split(',');

    public string Text => File.Exists(path) ? File.ReadAllText(path) : "";

    public IReadOnlyList<Dictionary<string, string>> Records =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(ToRecord)];

    /// <summary>Waits for so many records.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> WaitForAsync(int count)
    {
        await Eventually.TrueAsync(
            () => Text.Count(c => c == '\n') == count + 1 && Text.StartsWith(Header + "\n", StringComparison.Ordinal),
            $"{count} records in {path}");
        return Records;
    }

    private static Dictionary<string, string> ToRecord(string line)
    {
        string[] values = line.Split(',');
        values.Length.ShouldBe(Columns.Length, line);
        return Columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
