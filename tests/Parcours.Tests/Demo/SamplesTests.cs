using Parcours.Demo;

namespace Parcours.Tests.Demo;

public sealed class SamplesTests
{
    [Fact]
    public void The_program_carries_the_orders_within_itself() =>
        Assert.Equal(["online-retail/invoices.csv.gz"], Samples.In("online-retail"));
}
