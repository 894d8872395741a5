namespace RtpProxy.Sip.Tests;

public sealed class SpliceListTests
{
    [Fact]
    public void Changes_are_made_in_the_order_of_their_places()
    {
        var changes = new SpliceList();
        changes.Replace(new TextSpan(4, 3), "XYZ!");
        changes.Remove(new TextSpan(8, 1));
        changes.Insert(0, "<");
        changes.ApplyTo("abc def gh").ShouldBe("<abc XYZ! h");
    }

    [Fact]
    public void Insertions_at_one_place_keep_their_order_and_come_before_a_replacement()
    {
        var changes = new SpliceList();
        changes.Replace(new TextSpan(1, 1), "R");
        changes.Insert(1, "1");
        changes.Insert(1, "2");
        changes.ApplyTo("abc").ShouldBe("a12Rc");
    }

    [Fact]
    public void An_insertion_behind_a_replaced_place_is_none_of_its_business()
    {
        var changes = new SpliceList();
        changes.Insert(2, "+");
        changes.Replace(new TextSpan(1, 1), "R");
        changes.Replace(new TextSpan(2, 1), "S");
        changes.ApplyTo("abc").ShouldBe("aR+S");
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(2, 0)]
    [InlineData(1, 3)]
    public void Overlapping_changes_are_refused(int start, int length)
    {
        var changes = new SpliceList();
        changes.Replace(new TextSpan(1, 2), "R");
        Should.Throw<ArgumentException>(() => changes.Replace(new TextSpan(start, length), "S"));
    }

    [Fact]
    public void A_change_behind_the_text_is_refused()
    {
        var changes = new SpliceList();
        changes.Insert(4, "x");
        Should.Throw<ArgumentException>(() => changes.ApplyTo("abc"));
    }

    [Fact]
    public void The_change_of_length_is_counted_inside_a_place_only()
    {
        var changes = new SpliceList();
        changes.Insert(0, "outside");
        changes.Replace(new TextSpan(5, 2), "longer");
        changes.Insert(9, "++");
        changes.LengthChangeIn(TextSpan.FromBounds(5, 9)).ShouldBe(6);
    }
}
