"""What is told of a bucket itself: that it is there, where, and how long objects live in it."""

from axelered_box.s3 import xml
from axelered_box.s3.messages import Answer, Request, answer_xml
from axelered_box.storage.s3_credentials import REGION

DAY_S = 86_400


async def head(request: Request) -> Answer:
    """HeadBucket."""
    return Answer(headers={"x-amz-bucket-region": REGION, "content-length": "0"})


async def location(request: Request) -> Answer:
    """GetBucketLocation."""
    root = xml.root_of("LocationConstraint")
    root.text = REGION
    return answer_xml(root)


async def lifecycle(request: Request) -> Answer:
    """GetBucketLifecycleConfiguration: the life of objects in whole days, the least that S3 can say."""
    root = xml.root_of("LifecycleConfiguration")
    rule = xml.add(root, "Rule")
    ttl_s = request.parts.tools.settings.ttl_seconds
    days = max(1, -(-ttl_s // DAY_S))
    xml.add(xml.add(rule, "Expiration"), "Days", days)
    xml.add(rule, "ID", f"erased-after-{ttl_s}-seconds")
    xml.add(xml.add(rule, "Filter"), "Prefix", "")
    xml.add(rule, "Status", "Enabled")
    xml.add(xml.add(rule, "AbortIncompleteMultipartUpload"), "DaysAfterInitiation", days)
    return answer_xml(root)
