"""Spark: a column of a DataFrame, with its structure, on two cores of this machine."""

import os
import sys

from pages import CLEAN, PAGES
from pyspark.sql import SparkSession, functions as F

from qingyang import spark as qingyang_spark

os.environ["PYSPARK_PYTHON"] = sys.executable
builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
spark = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
df = spark.createDataFrame(list(enumerate(PAGES)), "id long, text string")
clean = qingyang_spark.clean(df, "text", into="clean", structure=True, options={"furniture": "drop"})
assert [row.clean for row in clean.orderBy("id").collect()] == CLEAN
clean.select("id", F.explode("clean_articles.title").alias("title"), "clean_error").show(truncate=False)
spark.stop()
