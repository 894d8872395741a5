namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOverNg(NgSite site) : ProxiedCalls(site), IClassFixture<NgSite>
{
    [Fact]
    public Task A_caller_behind_a_NAT_is_found_where_its_media_comes_from() => FindBehindNatAsync();
}
